import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { createHostMachine } from '../../../src/runner/host-machine.ts';
import { runnerExec } from '../../../src/runner/runner-exec.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import { tempFolder } from '../../support/project.ts';

const environment = {
  PATH: process.env.PATH,
  RUNNER_TEMP: tempFolder(),
  AWS_ACCESS_KEY_ID: 'listed',
  EMPTY: '',
  GITHUB_TOKEN: 'not listed',
};
const machine = () =>
  createHostMachine(environment, [{ environ: ['AWS_ACCESS_KEY_ID', 'EMPTY'] }, {}], runnerExec, async () =>
    memoryStore(),
  );

test('hosts read the variables that their definitions list, and no others', () => {
  const { environ } = machine();
  expect(environ('AWS_ACCESS_KEY_ID')).toBe('listed');
  expect(environ('EMPTY')).toBeUndefined();
  expect(environ('GITHUB_TOKEN')).toBeUndefined();
});

test('a program has the variables that it needs and that it is given, and what it prints comes back', async () => {
  const script = 'printf "%s|%s|%s" "$OWN" "$GITHUB_TOKEN" "$AWS_ACCESS_KEY_ID"; echo no >&2; exit 3';
  const found = await machine().run({ program: 'sh', args: ['-c', script], env: { OWN: 'mine' } }, never);
  expect(found).toEqual({ code: 3, stdout: 'mine||', stderr: 'no\n' });
});

test('a program that is not there ends with 127', async () => {
  expect(await machine().run({ program: 'no-such-program', args: [] }, never)).toMatchObject({ code: 127 });
});

test('a secret file is for this user alone, and goes at the end', async () => {
  const { secretFile, readFile, close } = machine();
  const path = await secretFile('../../id_ed25519', 'key\n');
  expect(dirname(dirname(path))).toBe(environment.RUNNER_TEMP);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(Buffer.from(await readFile(path)).toString()).toBe(readFileSync(path, 'utf8'));
  await close();
  expect(existsSync(dirname(path))).toBe(false);
  expect(existsSync(environment.RUNNER_TEMP)).toBe(true);
});
