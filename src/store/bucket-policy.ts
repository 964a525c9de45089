import { hash } from 'node:crypto';
import * as v from 'valibot';
import { type Identity, identityPath } from '../core/identity.ts';
import { parseJson } from '../lib/json-shape.ts';

/** A statement of a bucket policy. Those of others are kept as they are, whatever they hold. */
const statementSchema = v.looseObject({ Sid: v.optional(v.string()) });
const policySchema = v.looseObject({
  Statement: v.union([v.array(statementSchema), statementSchema]),
});

type Statement = v.InferOutput<typeof statementSchema>;
type Policy = v.InferOutput<typeof policySchema>;

/** AWS's separate clouds by the beginning of their regions (botocore, partitions.json). */
const partitions: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^eusc-/, 'aws-eusc'],
  [/^us-iso-/, 'aws-iso'],
  [/^us-isob-/, 'aws-iso-b'],
  [/^us-isof-/, 'aws-iso-f'],
  [/^eu-isoe-/, 'aws-iso-e'],
];

/** The partition of ARNs in a region; other vendors know `aws` alone. */
export const partitionOf = (region: string, isAws: boolean): string =>
  (isAws ? partitions.find(([pattern]) => pattern.test(region))?.[1] : undefined) ?? 'aws';

/** The name of an identity's own statement; AWS takes letters and digits alone. */
export const statementId = (identity: Identity): string =>
  `DeployDjango${hash('sha256', identityPath(identity)).slice(0, 16)}`;

/** Which objects are to be read by anybody. */
export interface PublicFiles {
  readonly bucket: string;
  /** Ends with a slash. */
  readonly prefix: string;
  readonly partition: string;
}

/**
 * Whether a prefix is narrow enough to be opened: the root of a bucket holds everything that is ever put there, and `*` and `?`
 * would be wildcards.
 */
export const isNarrow = (prefix: string): boolean => prefix !== '' && !/[*?$]/.test(prefix);

/** The statement that lets anybody read the files below one prefix, and do nothing else. */
const publicRead = (sid: string, { bucket, prefix, partition }: PublicFiles): Statement => ({
  Sid: sid,
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:${partition}:s3:::${bucket}/${prefix}*`,
});

const listOf = ({ Statement }: Policy): readonly Statement[] => (Array.isArray(Statement) ? Statement : [Statement]);

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value.toSorted() : [value]);

/** Whether two statements say the same: servers write one value as a list, and anybody as `{"AWS": "*"}`. */
function sameStatement(one: Statement, other: Statement): boolean {
  const plain = ({ Principal, Action, Resource, ...rest }: Statement) => {
    const anybody = (Principal as { AWS?: unknown } | undefined)?.AWS ?? Principal;
    const sorted = Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([asList(anybody), asList(Action), asList(Resource), sorted]);
  };
  return plain(one) === plain(other);
}

/** What a policy has to become. `unreadable`: what is there is no policy, so it is left alone. */
export type PolicyChange =
  | { readonly kind: 'same' }
  | { readonly kind: 'unreadable'; readonly wrong: string }
  /** As JSON; '' if nothing is left, so that the policy goes. */
  | { readonly kind: 'change'; readonly json: string };

function changed(json: string | undefined, change: (list: readonly Statement[]) => readonly Statement[]): PolicyChange {
  const found = json === undefined ? undefined : parseJson(json, policySchema);
  if (found?.wrong !== undefined) return { kind: 'unreadable', wrong: found.wrong };
  const policy = (found?.value as Policy | undefined) ?? { Version: '2012-10-17', Statement: [] };
  const before = listOf(policy);
  const after = change(before);
  if (after === before) return { kind: 'same' };
  if (after.length === 0) return { kind: 'change', json: '' };
  return { kind: 'change', json: JSON.stringify({ ...policy, Statement: after }, null, 2) };
}

/** The policy that is there with the statement of ours; those of others stay as they are and where they are. */
export function withPublicRead(json: string | undefined, sid: string, files: PublicFiles): PolicyChange {
  const wanted = publicRead(sid, files);
  return changed(json, (list) => {
    const own = list.filter(({ Sid }) => Sid === sid);
    if (own.length === 1 && own[0] && sameStatement(own[0], wanted)) return list;
    return [...list.filter(({ Sid }) => Sid !== sid), wanted];
  });
}

/** The policy that is there without the statement of ours. */
export const withoutStatement = (json: string | undefined, sid: string): PolicyChange =>
  changed(json, (list) => (list.some(({ Sid }) => Sid === sid) ? list.filter(({ Sid }) => Sid !== sid) : list));

/** The policy with nothing but that statement, for people whose bucket has none. */
export const policyOf = (sid: string, files: PublicFiles): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [publicRead(sid, files)] });

/** A pattern of a policy, in which `*` stands for any text and `?` for one character. */
function matches(pattern: unknown, text: string): boolean {
  if (typeof pattern !== 'string') return false;
  const escaped = RegExp.escape(pattern).replaceAll('\\*', '.*').replaceAll('\\?', '.');
  return new RegExp(`^${escaped}$`, 'is').test(text);
}

/** Names of the statements that let anybody read an object, as far as they can be told: those with a condition count too. */
export function openingStatements(json: string, key: string): string[] {
  const found = parseJson(json, policySchema);
  if (found.wrong !== undefined) return [];
  const opens = ({ Effect, Principal, Action, Resource }: Statement) =>
    Effect === 'Allow' &&
    asList((Principal as { AWS?: unknown } | undefined)?.AWS ?? Principal).includes('*') &&
    asList(Action).some((action) => matches(action, 's3:GetObject')) &&
    // The bucket's name stands before the key: "arn:aws:s3:::bucket/key".
    asList(Resource).some((one) => matches(String(one).replace(/^[^/]*\//, ''), key) || one === '*');
  return listOf(found.value as Policy).flatMap((statement, at) =>
    opens(statement) ? [statement.Sid ? `"${statement.Sid}"` : `statement ${at + 1}`] : [],
  );
}
