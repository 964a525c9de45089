import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Json, operationsOf, slice } from './api-slice.ts';

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
  'actions/get-workflow-run',
  'pulls/get',
  'pulls/list',
];

const folder = await mkdtemp(join(tmpdir(), 'github-slice-'));
try {
  const args = ['install', '--no-audit', '--no-fund', '--prefix', folder, `@octokit/openapi@${version}`];
  execFileSync('npm', args, { stdio: 'inherit' });
  const file = join(folder, 'node_modules', '@octokit', 'openapi', 'generated', 'api.github.com.json');
  const whole = JSON.parse(await readFile(file, 'utf8')) as Json;
  const made = slice(whole, { title: 'GitHub', version }, (_operation, id) => operations.includes(id));
  const count = operationsOf(made);
  if (count !== operations.length) throw new Error(`${count} of ${operations.length} operations are there.`);
  await writeFile(target, `${JSON.stringify(made, null, 2)}\n`);
  console.log(`${count} operations in ${target}`);
} finally {
  await rm(folder, { recursive: true });
}
