import { HostAnswerError } from '../contract/host.ts';

/** One step into an answer: a name in an object, a number in a list, or the first of a list in which a name has a value. */
type Step = { readonly name: string } | { readonly at: number } | { readonly where: string; readonly is: string };

const start = /^(?:[A-Za-z0-9_$-]+|\[(?:\d+|[A-Za-z0-9_$-]+=[^\]]+)\])/;
const next = /^(?:\.[A-Za-z0-9_$-]+|\[(?:\d+|[A-Za-z0-9_$-]+=[^\]]+)\])/;

function stepOf(text: string): Step {
  if (!text.startsWith('[')) return { name: text.replace(/^\./, '') };
  const inner = text.slice(1, -1);
  const at = inner.indexOf('=');
  return at < 0 ? { at: Number(inner) } : { where: inner.slice(0, at), is: inner.slice(at + 1) };
}

/** `data.state`, `items[0].state`, `builds[queueId={id}].result`; undefined where it is something else. */
export function parsePath(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let rest = path;
  while (rest !== '') {
    const found = (steps.length === 0 ? start : next).exec(rest)?.[0];
    if (found === undefined) return undefined;
    steps.push(stepOf(found));
    rest = rest.slice(found.length);
  }
  return steps.length > 0 ? steps : undefined;
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;

function wrongKind(path: string, value: unknown, expected: string): HostAnswerError {
  return new HostAnswerError(`HTTP 200 with ${kindOf(value)} where "${path}" needs ${expected}`, 200);
}

/**
 * What an answer has at a path; undefined where there is nothing (yet).
 * @param fill Fills the places of a value that is looked for.
 * @throws HostAnswerError where something else is there than the path goes through.
 */
function readPath(answer: unknown, path: string, fill: (template: string) => string): unknown {
  let value = answer;
  for (const step of parsePath(path) ?? []) {
    if (value === undefined || value === null) return undefined;
    if ('name' in step) {
      if (typeof value !== 'object' || Array.isArray(value)) throw wrongKind(path, value, 'an object');
      value = Object.hasOwn(value, step.name) ? (value as Record<string, unknown>)[step.name] : undefined;
    } else {
      if (!Array.isArray(value)) throw wrongKind(path, value, 'a list');
      value = 'at' in step ? value[step.at] : find(value, step.where, fill(step.is));
    }
  }
  return value;
}

const find = (list: readonly unknown[], name: string, wanted: string): unknown =>
  list.find((one) => {
    if (typeof one !== 'object' || one === null || !Object.hasOwn(one, name)) return false;
    return String((one as Record<string, unknown>)[name]) === wanted;
  });

/** The same as text; undefined too where the value is null. @throws HostAnswerError where it is an object or a list. */
export function readText(answer: unknown, path: string, fill: (template: string) => string): string | undefined {
  const value = readPath(answer, path, fill);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') throw wrongKind(path, value, 'a text');
  return String(value);
}
