import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Writes __tests__/fixtures/github-api.json: of GitHub's own description of its API the operations that the action uses,
 * with the schemas that they reach. The whole description is half a gigabyte as a package, so it is fetched here, when the
 * slice is made anew, and is no dependency. `npm run format` afterwards.
 */
const version = '23.0.2';
const target = join(import.meta.dirname, '..', '__tests__', 'fixtures', 'github-api.json');

const operations = [
  'issues/list-comments',
  'issues/create-comment',
  'issues/update-comment',
  'issues/delete-comment',
  'repos/list-deployments',
  'repos/create-deployment',
  'repos/delete-deployment',
  'repos/list-deployment-statuses',
  'repos/create-deployment-status',
  'repos/delete-an-environment',
  'repos/compare-commits-with-basehead',
  'pulls/get',
  'pulls/list',
];

type Json = Record<string, unknown>;

/** What explains and does not constrain. */
const explaining = ['description', 'summary', 'example', 'examples', 'externalDocs', 'title', 'deprecated', 'tags'];

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

function slice(whole: Json): Json {
  const paths: Json = {};
  for (const [path, item] of Object.entries(whole.paths as Record<string, Record<string, Json>>)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!operations.includes(operation.operationId as string)) continue;
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
  return { openapi: whole.openapi, info: { title: 'GitHub', version }, paths, components: sorted };
}

const folder = await mkdtemp(join(tmpdir(), 'github-slice-'));
try {
  const args = ['install', '--no-audit', '--no-fund', '--prefix', folder, `@octokit/openapi@${version}`];
  execFileSync('npm', args, { stdio: 'inherit' });
  const file = join(folder, 'node_modules', '@octokit', 'openapi', 'generated', 'api.github.com.json');
  const made = slice(JSON.parse(await readFile(file, 'utf8')) as Json);
  const count = Object.values(made.paths as Json).flatMap((item) => Object.keys(item as Json)).length;
  if (count !== operations.length) throw new Error(`${count} of ${operations.length} operations are there.`);
  await writeFile(target, `${JSON.stringify(made, null, 2)}\n`);
  console.log(`${count} operations in ${target}`);
} finally {
  await rm(folder, { recursive: true });
}
