import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Advice, onThisMachine } from '../../../demo/parts/on-this-machine.ts';
import type { ErrorCode } from '../../../src/core/errors.ts';

const call = {
  command: 'npm run -s try -- ../shop --live',
  inputs: ['env', 'install', 'host', 'url', 'migrate', 'build-command', 'allowed-origins', 'working-directory'],
  given: [],
};
const failed = (hint: string, code: ErrorCode = 'INSTALL_FAILED', message = ''): Advice => ({
  error: { code, message, hint },
  findings: [],
  checkups: [],
  warnings: [],
});
const inputsOf = (advice: Advice) =>
  onThisMachine(advice, call).flatMap((line) => /after the folder, as in: .* -- (.*)$/.exec(line)?.[1] ?? []);

test.each([
  ['Set install: uv pip install -r other.txt', 'install=…'],
  ['set install to none where an earlier step has done so', 'install=…'],
  ['Add a line to the input env: SHOP_NAME=…', 'env=SHOP_NAME=…'],
  ['Add to the input env:\n  SHOP_NAME=…\n  OTHER=…', 'env=SHOP_NAME=…'],
  ['give those by env.', 'env=NAME=…'],
  ['Write build-command: npm ci && npm run build', 'build-command=…'],
  ['Write one of these lines under "with:" of the step:\nworking-directory: shop', 'working-directory=…'],
  ['If pages load fonts, add allowed-origins: auto', 'allowed-origins=…'],
  ['write "migrate: host"', 'migrate=…'],
])('advice on an input is followed by how to write it here: %s', (hint, written) => {
  expect(inputsOf(failed(hint))).toEqual([`../shop --live ${written}`]);
});

test.each([
  'Commit requirements.txt, then push again.',
  'The host did not answer at this url in time.',
  'Run python manage.py migrate and commit its file.',
  'the files of the install-folder',
])('advice without an input says nothing of inputs: %s', (hint) => {
  expect(onThisMachine(failed(hint), call)).toEqual([]);
});

test('what programs of the project print is no advice, and what a mistake in the inputs says is', () => {
  expect(inputsOf(failed('', 'DJANGO_FAILED', 'KeyError: install: no such thing'))).toEqual([]);
  expect(inputsOf(failed('', 'INVALID_INPUTS', 'host: is empty, and so are others'))).toEqual([
    '../shop --live host=…',
  ]);
});

test('what the host says has the value to write, and the app’s own lines below it have none', () => {
  const message =
    '/ answers 404: name another page, as health-path=/admin/ does. Its last lines:\n  install: no such thing';
  const names = { ...call, inputs: [...call.inputs, 'health-path'] };
  expect(onThisMachine(failed('', 'HOST_FAILED', message), names)).toEqual([
    expect.stringMatching(/ health-path=\/admin\/$/),
  ]);
});

test('advice is also what stops nothing', () => {
  const none = { error: undefined, findings: [], checkups: [], warnings: [] };
  const todo = 'Set url, or write the origin out.';
  expect(inputsOf({ ...none, warnings: [todo] })).toHaveLength(1);
  expect(inputsOf({ ...none, findings: [{ level: 'warning', id: 'deploy.a', message: todo }] })).toHaveLength(1);
  expect(inputsOf({ ...none, findings: [{ level: 'notice', id: 'deploy.a', message: todo }] })).toEqual([]);
  expect(inputsOf({ ...none, checkups: [{ name: 'Site', level: 'open', found: '', todo }] })).toHaveLength(1);
});

test('a command with inputs is not repeated, because their values may be secret', () => {
  const lines = (given: string[]) =>
    onThisMachine(failed('Set install: uv pip install -r other.txt'), { ...call, given });
  expect(lines(['env'])).toEqual([
    'An input that is named above is written at the end of your command, as in: install=…',
  ]);
  expect(lines(['env', 'install'])).toEqual([
    'An input that is named above is written in your command, in place of what stands there, as in: install=…',
  ]);
});

const root = join(import.meta.dirname, '..', '..', '..', 'src');

/** Lines of the sources that speak of what a workflow alone has. The workflow that is printed is one. */
const ofWorkflows = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('fitting-workflow.ts'))
  .flatMap((name) => readFileSync(join(root, name), 'utf8').split('\n'))
  .filter((line) => !/^\s*(\*|\/[*/])/.test(line) && /['`]/.test(line))
  .filter((line) =>
    /uses: |\w\/setup-|secrets\.[A-Z$]|actions\/checkout|before this (one|step)|env"?:?"? of the step/.test(line),
  );

test('whatever advice says for a workflow has its way in a terminal', () => {
  expect(ofWorkflows.length).toBeGreaterThan(20);
  expect(ofWorkflows.filter((line) => onThisMachine(failed(line), call).length === 0)).toEqual([]);
});
