import * as v from 'valibot';
import { formatCount, shorten } from './text.ts';

/** What a schema gives, as a value that nobody changes. */
export type Parsed<Schema extends v.GenericSchema> = DeepReadonly<v.InferOutput<Schema>>;

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** Data of the expected shape, or one sentence without a full stop that says what is wrong: "`files.a.css` is missing". */
export type Shaped<T> =
  | { readonly value: T; readonly wrong?: never }
  | { readonly value?: never; readonly wrong: string };

const longestPath = 120;

/** valibot's names of types as words. */
const words: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  true: 'true or false',
  false: 'true or false',
  Object: 'an object',
  Array: 'a list',
};

/** `(string | null)` as "a string or null". */
const inWords = (expected: string): string =>
  expected
    .replace(/^\(|\)$/g, '')
    .split(' | ')
    .filter((one) => one !== 'undefined')
    .map((one) => words[one] ?? one)
    .join(' or ');

/** The type of what was received: its value may be long, hostile or secret. */
const received = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** One issue as a sentence. A check of ours says itself what is expected; valibot's own schemas name a type. */
function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const path = shorten((v.getDotPath(issue) ?? '').replace(/[\p{Cc}`]/gu, '?'), longestPath);
  const subject = path === '' ? 'it' : `\`${path}\``;
  if (issue.input === undefined && path !== '') return `${subject} is missing`;
  if (issue.kind === 'validation' || issue.expected === null || issue.expected === 'unknown')
    return `${subject} is ${issue.message}`;
  return `${subject} is ${received(issue.input)} instead of ${inWords(issue.expected)}`;
}

/** Checks a value that JSON gave. */
export function parseValue<Schema extends v.GenericSchema>(value: unknown, schema: Schema): Shaped<Parsed<Schema>> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? { value: result.output as Parsed<Schema> } : { wrong: sentenceOf(result.issues[0]) };
}

/**
 * So many of these characters a text may have: 60 MB of `{},{}` take JSON.parse 19 s and 2.4 GB. The largest record has two
 * commas for each of 200,000 files.
 */
const mostOf = { '{': 1_000_000, '[': 1_000_000, ',': 4_000_000 } as const;

function hasMore(text: string, character: string, most: number): boolean {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
    found += 1;
    if (found > most) return true;
  }
  return false;
}

/** Parses JSON that others wrote, and checks it. */
export function parseJson<Schema extends v.GenericSchema>(text: string, schema: Schema): Shaped<Parsed<Schema>> {
  for (const [character, most] of Object.entries(mostOf)) {
    if (hasMore(text, character, most)) return { wrong: `it has more than ${formatCount(most)} "${character}"` };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: text.trim() === '' ? 'it is empty' : 'it is not JSON' };
  }
  return parseValue(value, schema);
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * An object whose keys are data. valibot's `record` drops the keys `constructor`, `prototype` and `__proto__`, which are
 * names of files like any other, and copies the rest.
 * @param key Checks a key; its message completes "a key is …".
 */
export const mapOf = <Value extends v.GenericSchema>(
  value: Value,
  key?: v.GenericSchema<string>,
): v.GenericSchema<Record<string, v.InferOutput<Value>>> =>
  v.pipe(
    v.custom<Record<string, v.InferOutput<Value>>>(isObject, 'not an object'),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      for (const [name, one] of Object.entries(dataset.value)) {
        const [wrongKey] = key ? (v.safeParse(key, name).issues ?? []) : [];
        const [wrong] = v.safeParse(value, one, { abortEarly: true }).issues ?? [];
        if (!wrongKey && !wrong) continue;
        const own = { type: 'object', origin: 'value', input: dataset.value, key: name, value: one } as const;
        const inner = (wrong?.path ?? []) as v.ObjectPathItem[];
        const message = wrongKey ? `in a place whose name is ${wrongKey.message}` : wordsAfterIs(wrong);
        addIssue({ message, path: [own, ...(wrongKey ? [] : inner)], input: wrongKey ? name : wrong?.input });
        return;
      }
    }),
  );

/** What an inner issue says behind "is". */
function wordsAfterIs(issue: v.BaseIssue<unknown> | undefined): string {
  if (!issue) return 'invalid';
  const whole = sentenceOf(issue);
  return whole.slice(whole.indexOf(' is ') + ' is '.length);
}

/** A whole number from `least`. */
export const count = (least = 0) =>
  v.pipe(
    v.number(),
    v.check((n) => Number.isSafeInteger(n) && n >= least, `not a whole number from ${least}`),
  );

/** A moment in ISO 8601. */
export const moment = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'not a time in ISO 8601'),
);

export const filled = v.pipe(v.string(), v.nonEmpty('empty'));

/** Hex digits, of one of these lengths. */
export const hex = (...lengths: readonly number[]) =>
  v.pipe(
    v.string(),
    v.check(
      (text) => lengths.includes(text.length) && /^[0-9a-f]*$/.test(text),
      `not ${lengths.join(' or ')} hex digits`,
    ),
  );
