/** How one type of a column compares with another, by what Django calls them in the two kinds of databases. */
export type TypeChange = 'same' | 'wider' | 'narrower' | 'other';

const integerBits: Readonly<Record<string, number>> = { smallint: 16, integer: 32, int: 32, bigint: 64, serial: 32 };

/** Digits before and after the point that a type holds; undefined for one that holds no whole numbers alone. */
function integerRank(type: string): number | undefined {
  const [, name = '', unsigned] = /^(small|big)?(?:serial|int(?:eger)?)\b(?:.*\b(unsigned)\b)?/i.exec(type) ?? [];
  if (!/^(small|big)?(serial|int)/i.test(type)) return undefined;
  const bits = integerBits[`${name.toLowerCase()}int`] ?? 32;
  return unsigned ? bits + 0.5 : bits;
}

/** Characters that fit; Infinity where there is no limit. */
function textLength(type: string): number | undefined {
  if (/^(long|medium)?text\b|^citext\b|^varchar$/i.test(type)) return Number.POSITIVE_INFINITY;
  const [, length] = /^(?:var)?char(?:acter varying)?\((\d+)\)/i.exec(type) ?? [];
  return length === undefined ? undefined : Number(length);
}

function decimal(type: string): { whole: number; places: number } | undefined {
  const [, digits, places = '0'] = /^(?:numeric|decimal)\((\d+)(?:,\s*(\d+))?\)/i.exec(type) ?? [];
  return digits === undefined ? undefined : { whole: Number(digits) - Number(places), places: Number(places) };
}

const byNumber = (before: number, after: number): TypeChange =>
  before === after ? 'same' : after > before ? 'wider' : 'narrower';

const isTime = (type: string) => /^(timestamp|datetime)/i.test(type);

/** @returns `narrower` where values can be there that do not fit, `other` where each value has to be converted. */
export function compareTypes(before: string, after: string): TypeChange {
  if (before === after) return 'same';
  const texts = [textLength(before), textLength(after)] as const;
  if (texts[0] !== undefined && texts[1] !== undefined) return byNumber(texts[0], texts[1]);
  const integers = [integerRank(before), integerRank(after)] as const;
  if (integers[0] !== undefined && integers[1] !== undefined) return byNumber(integers[0], integers[1]);
  const decimals = [decimal(before), decimal(after)] as const;
  if (decimals[0] && decimals[1])
    return decimals[1].whole < decimals[0].whole || decimals[1].places < decimals[0].places ? 'narrower' : 'wider';
  if (isTime(before) && /^date\b/i.test(after)) return 'narrower';
  const isReal = decimals[0] !== undefined || /^(double|real|float)/i.test(before);
  if (isReal && integers[1] !== undefined) return 'narrower';
  return 'other';
}

/** Bytes of a character in utf8mb4; MySQL keeps the length of a text in one byte up to 255 bytes. */
const crosses = (before: number, after: number) => before * 4 <= 255 && after * 4 > 255;

/**
 * Whether the server writes every row anew. PostgreSQL does not for a longer varchar or for text (ALTER TABLE, Notes); MySQL
 * and MariaDB not for a longer varchar whose length takes as many bytes as before (Online DDL operations, "Extending VARCHAR").
 */
export function rewrites(vendor: string, before: string, after: string): boolean {
  const change = compareTypes(before, after);
  if (change === 'same') return false;
  const texts = [textLength(before), textLength(after)] as const;
  if (change !== 'wider' || texts[0] === undefined || texts[1] === undefined)
    return !isFreeDecimal(vendor, before, after);
  return vendor === 'mysql' && (!Number.isFinite(texts[1]) || crosses(texts[0], texts[1]));
}

/** PostgreSQL writes no row anew where a numeric gets more digits and the same places. */
function isFreeDecimal(vendor: string, before: string, after: string): boolean {
  const [one, other] = [decimal(before), decimal(after)];
  return vendor === 'postgresql' && !!one && !!other && one.places === other.places && other.whole >= one.whole;
}
