const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `20m`, `1h30m`, `30d` as milliseconds; undefined where it is anything else. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+[smhd])+$/.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhd])/g)) {
    total += Number(count) * units[unit as keyof typeof units];
  }
  return total > 0 ? total : undefined;
}

/** The booleans of YAML 1.2's core schema, which are those that `@actions/core` takes. */
export function parseBoolean(text: string): boolean | undefined {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  return undefined;
}

export interface NamedLine {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/**
 * Lines of `name: value`, blank lines and `# comment` lines left out.
 * Only the first colon of a line divides; white space around name and value goes.
 * A line without a colon has an empty `name` and the whole line as `value`.
 */
export function parseNamedLines(text: string): NamedLine[] {
  const found: NamedLine[] = [];
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf(':');
    found.push({
      name: at < 0 ? '' : line.slice(0, at).trim(),
      value: at < 0 ? line : line.slice(at + 1).trim(),
      line: index + 1,
    });
  }
  return found;
}

/** The entries of a list input: one a line, blank lines and comments left out. */
export function parseLines(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
