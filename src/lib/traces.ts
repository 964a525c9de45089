const indentOf = (line: string): number => line.search(/\S|$/);

/** How many lines a traceback has that begins here: to the exception, which is not indented any more; 0 where none begins. */
function traceAt(lines: readonly string[], at: number): number {
  const first = lines[at] ?? '';
  if (!first.endsWith('Traceback (most recent call last):')) return 0;
  const rest = lines.slice(at + 1).findIndex((line) => line.trim() !== '' && indentOf(line) <= indentOf(first));
  return rest === -1 ? 0 : rest + 2;
}

/** The lines with each traceback once, where it stands last: a page that fails does so at each request. */
export function tracesOnce(lines: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const length = traceAt(lines, at);
    const trace = lines.slice(at, at + length).join('\n');
    if (length > 0 && isAfter(lines, at + length, trace)) at += length - 1;
    else kept.push(lines[at] ?? '');
  }
  return kept;
}

const isAfter = (lines: readonly string[], from: number, trace: string): boolean =>
  `\n${lines.slice(from).join('\n')}\n`.includes(`\n${trace}\n`);
