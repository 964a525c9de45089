import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
// @ts-expect-error The configuration is JavaScript, because dependency-cruiser reads it.
import { layers } from '../../.dependency-cruiser.mjs';

/** `npm run layers` over a copy of src: as it is, and with files added that each break one rule. */
const root = join(import.meta.dirname, '..', '..');
const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
const names = layers as readonly string[];

/** Files that are added at once, by their path in src. */
const added: Readonly<Record<string, string>> = {
  // Against the direction, in every form that an import has.
  'report/target.ts': 'export type Target = 1;\nexport const target: Target = 1;\n',
  'lib/a-type.ts': "import type { Target } from '../report/target.ts';\nexport const at: Target = 1;\n",
  'lib/a-type-among-values.ts': "import { type Target } from '../report/target.ts';\nexport const at: Target = 1;\n",
  'lib/a-value.ts': "import { target } from '../report/target.ts';\nexport const at = target;\n",
  'lib/on-demand.ts': "export const at = () => import('../report/target.ts');\n",
  'lib/a-type-again.ts': "export type { Target } from '../report/target.ts';\n",
  // From each layer to the one after it.
  ...Object.fromEntries(names.map((name) => [`${name}/next-target.ts`, 'export type Target = 1;\n'])),
  ...Object.fromEntries(
    names
      .slice(0, -1)
      .map((name, at) => [`${name}/to-next.ts`, `export type { Target } from '../${names[at + 1]}/next-target.ts';\n`]),
  ),
  // Circles: of two files by their types, and of two folders without a circle of files.
  'lib/circle-one.ts': "import type { Two } from './circle-two.ts';\nexport type One = Two[];\n",
  'lib/circle-two.ts': "import type { One } from './circle-one.ts';\nexport type Two = One | 1;\n",
  'sync/one/start.ts': "export type { End } from '../two/end.ts';\n",
  'sync/two/end.ts': 'export type End = 1;\n',
  'sync/two/start.ts': "export type { Other } from '../one/other.ts';\n",
  'sync/one/other.ts': 'export type Other = 1;\n',
  // Outside of the rooms.
  'loose.ts': 'export const a = 1;\n',
  'utils/one.ts': 'export const a = 1;\n',
  // Packages.
  'hosts/knows-actions.ts': "import type { InputOptions } from '@actions/core';\nexport type A = InputOptions;\n",
  'store/s3/knows-aws.ts': "import type { S3Client } from '@aws-sdk/client-s3';\nexport type A = S3Client;\n",
  'release/loads-at-the-start.ts': "import { Parser } from 'htmlparser2';\nexport const a = Parser;\n",
  'release/loads-on-demand.ts': "export const a = () => import('htmlparser2');\n",
  'lib/leads-nowhere.ts': "export * from './nowhere.ts';\n",
};

let folder = '';
let asItIs: string[] = [];
let withAdded: string[] = [];

interface Violation {
  readonly rule: { readonly name: string; readonly severity: string };
  readonly from: string;
  readonly to: string;
}

/** What fails `npm run layers` over the copy, each as `rule: from → to`. */
async function violations(): Promise<string[]> {
  const args = [cruiser, 'src', '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json'];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => resolve(stdout));
  });
  const { summary } = JSON.parse(output) as { summary: { violations: readonly Violation[] } };
  const errors = summary.violations.filter(({ rule }) => rule.severity === 'error');
  return errors.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-django-layers-'));
  await cp(join(root, 'src'), join(folder, 'src'), { recursive: true });
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  asItIs = await violations();
  for (const [name, text] of Object.entries(added)) {
    await mkdir(dirname(join(folder, 'src', name)), { recursive: true });
    await writeFile(join(folder, 'src', name), text);
  }
  withAdded = await violations();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the sources as they are keep every rule', () => {
  expect(asItIs).toEqual([]);
});

describe('an import against the direction is reported, whatever its form', () => {
  test.each(['a-type', 'a-type-among-values', 'a-value', 'on-demand', 'a-type-again'])('%s', (name) => {
    expect(withAdded).toContain(`lib-imports-from-its-left: src/lib/${name}.ts → src/report/target.ts`);
  });
});

test.each(names.slice(0, -1).map((name, at) => [name, names[at + 1] as string] as const))(
  '%s may not import from %s',
  (name, next) => {
    expect(withAdded).toContain(`${name}-imports-from-its-left: src/${name}/to-next.ts → src/${next}/next-target.ts`);
  },
);

test('files that know only types of each other are a circle', () => {
  expect(withAdded).toContain('no-file-circle: src/lib/circle-one.ts → src/lib/circle-two.ts');
});

test('folders of one room that know each other are a circle, though no file is part of one', () => {
  expect(withAdded).toContain('no-folder-circle: src/sync/one → src/sync/two');
  expect(withAdded.filter((one) => /^no-file-circle: src\/sync\//.test(one))).toEqual([]);
});

test.each([
  ['every-file-in-a-room', 'src/loose.ts'],
  ['every-file-in-a-room', 'src/utils/one.ts'],
  ['only-runner-knows-actions', 'src/hosts/knows-actions.ts'],
  ['only-sdk-knows-aws', 'src/store/s3/knows-aws.ts'],
  ['large-packages-on-demand', 'src/release/loads-at-the-start.ts'],
  ['resolvable', 'src/lib/leads-nowhere.ts'],
])('%s: %s is reported', (rule, file) => {
  expect(withAdded.filter((one) => one.startsWith(`${rule}: ${file} → `))).toHaveLength(1);
});

test('a large package may be loaded on demand', () => {
  expect(withAdded.filter((one) => one.includes('loads-on-demand'))).toEqual([]);
});
