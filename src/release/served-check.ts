import type { HttpResponse } from '../core/ports.ts';
import { plural } from '../lib/text.ts';
import type { OwnFile } from './release-files.ts';

/** The ways in which browsers ask for a file: https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding. */
export const encodings = ['identity', 'gzip', 'br'] as const;
export type Encoding = (typeof encodings)[number];

type ServedAnswers = Readonly<Partial<Record<Encoding, HttpResponse>>>;

export const encodingOf = ({ headers }: HttpResponse): string =>
  (headers['content-encoding'] ?? 'identity').trim().toLowerCase().replace('x-gzip', 'gzip') || 'identity';

const equal = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** Less than this is sent as it is by everybody, because compressing it gains nothing. Bytes. */
const worthwhile = 1_400;

/** What is wrong with what the app answers to each encoding: the wrong one, other bytes, or nothing that tells caches apart. */
export function checkEncodings(answers: ServedAnswers): { problem?: string; remark?: string } {
  const plain = answers.identity;
  for (const asked of ['gzip', 'br'] as const) {
    const answer = answers[asked];
    if (!answer) continue;
    if (answer.status !== 200) return { problem: `answers ${answer.status} where it is asked for with ${asked}.` };
    const got = encodingOf(answer);
    if (got !== 'identity' && got !== asked)
      return { remark: `is sent as ${got} where ${asked} was asked for, which not every client can read.` };
    if (plain && !answer.cut && !plain.cut && !equal(answer.body, plain.body))
      return {
        problem: `has other bytes as ${asked} than as it is: a compressed twin of another release lies beside it.`,
      };
    const vary = answer.headers.vary ?? '';
    if (got !== 'identity' && !/\baccept-encoding\b|\*/i.test(vary))
      return {
        remark: 'is compressed and has no "Vary: Accept-Encoding", so a cache can give it to who cannot read it.',
      };
  }
  return plain && encodingOf(plain) !== 'identity'
    ? { remark: `is sent as ${encodingOf(plain)} to who asks for it uncompressed.` }
    : {};
}

/** Seconds for which a browser may keep an answer without asking; undefined where the header does not say. */
function maxAge(response: HttpResponse): number | undefined {
  const control = response.headers['cache-control'] ?? '';
  if (/\bno-(store|cache)\b/i.test(control)) return 0;
  const [, seconds] = /\bmax-age="?(\d+)/i.exec(control) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}

const day = 24 * 3_600;

/** What could be better about how long browsers keep a file of the release, as it is answered. */
export function cachingOf(response: HttpResponse, own: OwnFile): Caching | undefined {
  const age = maxAge(response) ?? 0;
  const header = response.headers['cache-control'] ?? 'none';
  if (own.hash !== undefined) return age < day ? { kind: 'hashed', header } : undefined;
  return !own.known && age > day ? { kind: 'plain', header } : undefined;
}

/** Files of the release that browsers keep for too short or too long, which one sentence says of all of them. */
export interface Caching {
  readonly kind: 'hashed' | 'plain';
  /** Cache-Control as it was answered. */
  readonly header: string;
}

/** @param more How many files more are like the one that the sentence is about. */
export function cachingRemark({ kind, header }: Caching, more: number): string {
  const others = more === 0 ? '' : ` So do ${plural(more, 'file')} more.`;
  return kind === 'hashed'
    ? `has a hash in its name and "Cache-Control: ${header}", so browsers ask for it again and again.${others} Let such files have "max-age=31536000, immutable": WhiteNoise does, with a manifest storage.`
    : `has no hash in its name and "Cache-Control: ${header}", so browsers keep an old one for more than a day.${others} Let such files have a short max-age.`;
}

/** Types that shrink. */
const text = /^(text\/|application\/(javascript|json|manifest\+json|xml)|image\/svg)/;

/** Whether a file is worth to be asked for in each encoding. */
export const isCompressed = (response: HttpResponse): boolean =>
  text.test(response.headers['content-type'] ?? '') && response.body.length >= worthwhile && response.cut !== true;
