import { createSearch } from '../lib/find-any.ts';

/** Something that must not be public wherever it stands in a file. */
interface Rule {
  /** What is looked for first, of at least four signs: with a shorter one, the search of all of them cannot skip as much. */
  readonly needle: string;
  /** What has to stand there, in the text from `before` bytes before the needle to `after` bytes behind it. */
  readonly pattern: RegExp;
  readonly before: number;
  readonly after: number;
  readonly reason: string;
}

const rules: readonly Rule[] = [
  {
    // The key's own lines have to follow, because libraries that read keys hold the first line in their code.
    needle: 'PRIVATE KEY',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY( BLOCK)?-----(\s|\\n|\\r)+([A-Za-z-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=\s\\]{64}/,
    before: 48,
    after: 2048,
    reason: 'a private key',
  },
  {
    needle: 'AKIA',
    pattern: /\bAKIA(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b/,
    before: 1,
    after: 32,
    reason: 'an AWS access key',
  },
  {
    needle: 'SECRET_KEY',
    pattern: /^\s*(export\s+)?SECRET_KEY(\s*=\s*['"]|=[^\s'"(]{8})/m,
    before: 64,
    after: 64,
    reason: 'a SECRET_KEY',
  },
  {
    needle: 'github_pat_',
    pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40,}/,
    before: 1,
    after: 96,
    reason: 'a token of GitHub',
  },
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((needle) => ({
    needle,
    pattern: /(?<![A-Za-z0-9])gh[pousr]_(?=\w{0,35}\d)[A-Za-z0-9]{36,}/,
    before: 1,
    after: 64,
    reason: 'a token of GitHub',
  })),
  {
    needle: 'glpat-',
    pattern: /(?<![\w-])glpat-(?=[\w-]{0,19}\d)[\w-]{20,}/,
    before: 1,
    after: 64,
    reason: 'a token of GitLab',
  },
  {
    needle: 'k_live_',
    pattern: /(?<![A-Za-z0-9])[sr]k_live_[A-Za-z0-9]{16,}/,
    before: 2,
    after: 64,
    reason: 'a secret key of Stripe',
  },
  ...['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-'].map((needle) => ({
    needle,
    pattern: /(?<![A-Za-z0-9])xox[abeoprs]-\d[\w-]{16,}/,
    before: 1,
    after: 64,
    reason: 'a token of Slack',
  })),
  {
    needle: 'client-key-data',
    pattern: /client-key-data:\s*[A-Za-z0-9+/=]{64}/,
    before: 0,
    after: 128,
    reason: 'a key of Kubernetes',
  },
];

const search = createSearch(rules.map(({ needle }) => Buffer.from(needle, 'latin1')));

/** So many places of a needle are looked at in a block; text that is made of needles must not take without end. */
const mostPlaces = 1_000;

/** Why these bytes must not be public, wherever the reason stands in them. */
export function refusedContents(bytes: Buffer): string | undefined {
  const places = new Map<number, number>();
  return search(bytes, (number, at) => {
    const { needle, pattern, before, after, reason } = rules[number] as Rule;
    const place = (places.get(number) ?? 0) + 1;
    places.set(number, place);
    if (place > mostPlaces) return undefined;
    const text = bytes.toString('latin1', Math.max(0, at - before), at + needle.length + after);
    return pattern.test(text) ? reason : undefined;
  });
}
