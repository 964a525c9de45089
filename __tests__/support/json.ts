type Path = readonly (string | number)[];

/** Every place in a value that JSON gave, the outermost left out. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = [...path, key];
    return [own, ...pathsIn(inner, own)];
  });
}

/** A copy with another value at a place; with undefined, and in an object, the place is gone. */
export function withValueAt<T>(value: T, path: Path, other: unknown): T {
  const copy = structuredClone(value);
  let inner = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (other === undefined && !Array.isArray(inner)) delete inner[last];
  else inner[last] = other ?? null;
  return copy;
}
