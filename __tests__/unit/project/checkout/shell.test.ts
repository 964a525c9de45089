import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../../src/core/errors.ts';
import { capture, run, shell } from '../../../../src/project/checkout/shell.ts';
import { runnerExec } from '../../../../src/runner/runner-exec.ts';
import { failure, fakeExec, missing, shellIO, tempFolder, writeFiles } from '../../../support/project.ts';

const env = { PATH: process.env.PATH ?? '' };

/** Runs a command line in bash, and returns what it showed and the error it ended with. */
async function inShell(commandLine: string, cwd = tempFolder(), more: Record<string, string> = {}) {
  const io = shellIO(runnerExec);
  const work = run(io, 'build-command', shell(commandLine, cwd, { ...env, ...more }), 'COMMAND_FAILED', 'Fix it.');
  const error = await work.then(
    () => undefined,
    (thrown: DeployError) => thrown,
  );
  return { shown: io.shown(), error };
}

describe('a command line', () => {
  test('runs in the given folder, with the given environment alone, in bash', async () => {
    const root = tempFolder();
    await writeFiles(root, { 'package.json': '{}' });
    const commandLine = 'ls; [[ -n $STAGE ]] && echo "stage $STAGE, home <$HOME>"';
    const { shown, error } = await inShell(commandLine, root, { STAGE: 'build' });
    expect(error).toBeUndefined();
    expect(shown).toBe('package.json\nstage build, home <>\n');
  });

  test.each([
    ['stops at the first line that fails', 'echo one\nfalse\necho two'],
    ['fails where a part of a pipe fails', 'echo one; false | cat; echo two'],
  ])('%s', async (_what, commandLine) => {
    const { shown, error } = await inShell(commandLine);
    expect(shown).toBe('one\n');
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', hint: 'Fix it.' });
  });

  test('shows both streams', async () => {
    const { shown } = await inShell('echo out; echo err >&2');
    expect(shown.split('\n').sort()).toEqual(['', 'err', 'out']);
  });
});

test('an error has the exit code and the last lines, not those before them', async () => {
  const { error } = await inShell('for i in {1..40}; do echo "line $i"; done; exit 7');
  expect(error?.message).toContain('build-command failed with exit code 7. Its last lines:\n  line 26\n');
  expect(error?.message).toMatch(/ {2}line 40$/);
  expect(error?.message).not.toContain('line 25');
});

test('an error shows what whoever explains it leaves of all lines, and the hint that was found in them', async () => {
  const advise = (lines: readonly string[]) => ({
    lines: [`${lines.length} lines`, 'x'.repeat(400)],
    hint: `Fix ${lines[0]}.`,
  });
  const command = shell('for i in {1..40}; do echo "line $i"; done; exit 1', tempFolder(), env);
  const error = await failure<DeployError>(() =>
    run(shellIO(runnerExec), 'install', command, 'INSTALL_FAILED', advise),
  );
  expect(error.message).toBe(`install failed with exit code 1. Its last lines:\n  40 lines\n  ${'x'.repeat(299)}…`);
  expect(error.hint).toBe('Fix line 1.');
});

describe('what a command prints in silence', () => {
  const printed = (exec: Parameters<typeof shellIO>[0], signal?: AbortSignal) => {
    const io = shellIO(exec, signal);
    return capture(io, { program: 'tool', args: [], cwd: '.', env }).then((bytes) => ({
      text: bytes?.toString(),
      shown: io.shown(),
    }));
  };

  test('is returned and not shown', async () => {
    expect(await printed(fakeExec(() => ({ output: '1.2.3' })))).toEqual({ text: '1.2.3', shown: '' });
  });

  test('is nothing where it fails or is not there', async () => {
    expect((await printed(fakeExec(() => ({ exit: 1, output: 'usage' })))).text).toBeUndefined();
    expect((await printed(fakeExec(() => missing))).text).toBeUndefined();
    expect((await printed(() => Promise.reject(new Error('ENOENT')))).text).toBeUndefined();
  });

  test('is not taken for nothing where the run was cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    expect(
      (
        await failure(() =>
          printed(
            fakeExec(() => undefined),
            signal,
          ),
        )
      ).message,
    ).toBe('cancelled');
  });
});
