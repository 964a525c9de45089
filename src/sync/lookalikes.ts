/**
 * Pairs of paths that only some file systems and people tell apart: by capitals (`A.css`, `a.css`) or by the form of an
 * accent (Unicode NFC and NFD). A bucket holds both; Windows and macOS do not.
 */
export function lookalikes(paths: Iterable<string>): [string, string][] {
  const plain = new Set<string>();
  const odd: string[] = [];
  const fold = (path: string) => path.normalize('NFC').toLowerCase();
  for (const path of paths) /^[^A-Z\u0080-\uffff]*$/.test(path) ? plain.add(path) : odd.push(path);
  const pairs: [string, string][] = [];
  const folded = new Map<string, string>();
  for (const path of odd) {
    const name = fold(path);
    const other = folded.get(name) ?? (plain.has(name) ? name : undefined);
    if (other !== undefined) pairs.push([other, path]);
    else folded.set(name, path);
  }
  return pairs;
}
