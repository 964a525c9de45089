/** Shannon entropy of a text in bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** The tokens of well-known issuers, by the prefix that they are made with. */
const issued =
  /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[\w/+=]{16,}|xox[abeoprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|sk-[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{16,}|AIza[\w-]{30,}|rnd_[A-Za-z0-9]{16,}|do[opr]_v1_[a-f0-9]{32,}|hf_[A-Za-z0-9]{20,}|shp(?:at|ss|ca|pa)_[a-fA-F0-9]{32}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,})/g;

/** Tokens of well-known issuers and JSON Web Tokens in a text. */
export const issuedTokens = (text: string): string[] => text.match(issued) ?? [];

/** Whether a value looks as if a machine had drawn it at random: no words, no address, no version, no identifier. */
export function looksRandom(value: string): boolean {
  if (value.length < 20 || /\s/.test(value) || value.includes('://')) return false;
  // UUIDs name things. Host names, dotted modules and paths are words with signs between them.
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return false;
  if (/^[0-9a-f]{32,}$/i.test(value)) return /\d/.test(value) && /[a-f]/i.test(value) && entropy(value) > 2.5;
  const pieces = value.split(/[./,:_-]+/).filter(Boolean);
  if (pieces.every((piece) => piece.replace(/[A-Z]?[a-z]{3,}\d{0,4}|[A-Z]{2,}|^[a-z]+$|^\d+$/g, '') === ''))
    return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9./,:_-]/].filter((kind) => kind.test(value)).length;
  const longest = Math.max(...pieces.map(({ length }) => length));
  return kinds >= 3 && longest >= 16 && entropy(value) >= 3.5;
}
