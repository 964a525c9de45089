/**
 * Of a vendor's description of its API the operations that tests need, with the schemas that they reach and without what
 * only explains: small enough to be a fixture.
 */
export type Json = Record<string, unknown>;

/** What explains and does not constrain. */
const explaining = [
  ...['description', 'summary', 'example', 'examples', 'externalDocs', 'title', 'deprecated', 'tags'],
  // Google's.
  ...['enumDescriptions', 'enumDeprecated'],
];

/** A value without what only explains it. The names of properties are data, and so are those of parameters. */
function plain(value: unknown, names = false): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key]) => names || !(explaining.includes(key) || key.startsWith('x-') || key === 'headers'),
  );
  const made = Object.fromEntries(kept.map(([key, inner]) => [key, plain(inner, !names && key === 'properties')]));
  const { nullable, ...rest } = made;
  // ajv takes `nullable` beside a type alone.
  return nullable === true && !names && rest.type === undefined ? { anyOf: [rest, { enum: [null] }] } : made;
}

/** Names of the components that a value points to. */
function references(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"#\/components\/([^"]+)"/g)].map((match) => match[1] ?? '');
}

/** OpenAPI wants a description with each response; it may be empty. */
function withDescriptions(responses: Json): Json {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      '$ref' in (response as Json) ? response : { description: '', ...(response as Json) },
    ]),
  );
}

/** Counts the operations of a slice. */
export const operationsOf = ({ paths }: Json): number =>
  Object.values(paths as Json).flatMap((item) => Object.keys(item as Json)).length;

/** @param wanted Whether an operation is needed, by its method in capitals and path, and its id. */
export function slice(whole: Json, info: Json, wanted: (operation: string, id: string) => boolean): Json {
  const paths: Json = {};
  for (const [path, item] of Object.entries(whole.paths as Record<string, Record<string, Json>>)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!wanted(`${method.toUpperCase()} ${path}`, operation.operationId as string)) continue;
      const { operationId, parameters, requestBody, responses } = plain(operation) as Json;
      const made = { operationId, parameters, requestBody, responses: withDescriptions(responses as Json) };
      paths[path] = { ...(paths[path] as Json | undefined), [method]: made };
    }
  }
  const components: Record<string, Json> = {};
  const queue = references(paths);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const [kind = '', key = ''] = name.split('/');
    if (components[kind]?.[key]) continue;
    const component = plain((whole.components as Record<string, Json>)[kind]?.[key]) as Json;
    const found = kind === 'responses' ? { description: '', ...component } : component;
    components[kind] = { ...components[kind], [key]: found };
    queue.push(...references(found));
  }
  const sorted = Object.fromEntries(
    Object.entries(components).map(([kind, all]) => [
      kind,
      Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  );
  return { openapi: whole.openapi, info, paths, components: sorted };
}
