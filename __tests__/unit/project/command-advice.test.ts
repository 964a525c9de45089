import { expect, test } from '@jest/globals';
import { adviseHook } from '../../../src/project/command-advice.ts';

test.each([
  [
    'another Node',
    'npm error code EBADENGINE\nnpm error notsup Required: {"node":">= 24","npm":">= 7"}',
    'Set node-version: "24" of actions/setup-node',
  ],
  ['a package manager', 'bash: line 1: pnpm: command not found', 'actions/setup-node'],
  ['a tool', 'sh: 1: vite: not found', 'There is no vite on this machine. Install it first'],
  ['a script', 'npm error Missing script: "built"', 'has no script "built"'],
  ['a lock file', 'npm error `npm ci` can only install packages when …', 'Run "npm install" and commit it'],
  [
    'a package',
    'npm error 404 Not Found - GET https://npm.harbour.example/@harbour/tides/-/tides-0.1.0.tgz',
    'has no @harbour/tides.',
  ],
  ['nothing that is known', 'Segmentation fault', 'Fix the input build-command.'],
])('a build-command that lacks %s says what to type', (_what, output, hint) => {
  const lines = output.split('\n');
  expect(adviseHook('build-command')(lines)).toEqual({ lines, hint: expect.stringContaining(hint) });
});

test('npm’s warnings are not shown, unless there is nothing else', () => {
  const advise = adviseHook('build-command');
  expect(advise(['npm warn deprecated glob@8', 'npm error code E1']).lines).toEqual(['npm error code E1']);
  expect(advise(['npm warn deprecated glob@8']).lines).toEqual(['npm warn deprecated glob@8']);
});
