import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Command } from '../../../src/core/ports.ts';
import { descendants, runnerExec } from '../../../src/runner/runner-exec.ts';
import { never } from '../../support/fakes.ts';
import { serveTcp } from '../../support/server.ts';

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'exec-')));
});
afterAll(() => rm(folder, { recursive: true }));

const path = process.env.PATH ?? '';

function command(program: string, args: readonly string[] = [], env: Record<string, string> = { PATH: path }): Command {
  return { program, args, cwd: folder, env };
}

async function run(what: Command, signal = never) {
  const chunks: Uint8Array[] = [];
  const exit = await runnerExec(what, (chunk) => chunks.push(chunk), signal);
  return { exit, bytes: Buffer.concat(chunks), output: Buffer.concat(chunks).toString() };
}

describe('what was started below a process', () => {
  const table = [
    '    1     0',
    '  100     1',
    '  200   100',
    '  201   100',
    '  300   201',
    '  400   300',
    ' 1000     1',
  ];
  test.each<[number, number[]]>([
    [100, [200, 201, 300, 400]],
    [201, [300, 400]],
    [400, []],
    [5, []],
    [10, []],
  ])('%i', (root, pids) => {
    expect(descendants(table.join('\n'), root)).toEqual(pids);
  });

  test('is found whatever the order of the table, parents before their children', () => {
    expect(descendants(table.toReversed().join('\n'), 201)).toEqual([300, 400]);
  });

  test('is nothing in a table that cannot be read', () => {
    expect(descendants('', 1)).toEqual([]);
    expect(descendants('error: unsupported option\n\n', 1)).toEqual([]);
  });
});

describe('a command', () => {
  test.each([0, 1, 42, 255])('that ends with %i gives that back', async (code) => {
    expect((await run(command('sh', ['-c', `exit ${code}`]))).exit).toBe(code);
  });

  test.each([
    ['that is not there', 'no-such-program-anywhere', 127],
    ['that may not be run', '/dev/null', 126],
  ])('%s ends as it does in a shell', async (_what, program, exit) => {
    expect(await run(command(program))).toMatchObject({ exit, output: '' });
  });

  test('that a signal ends does not succeed, and its exit code is a number', async () => {
    const { exit } = await run(command('sh', ['-c', 'kill -KILL $$']));
    expect(exit).not.toBe(0);
    expect(typeof exit).toBe('number');
  });

  test('shows both of its streams by name, byte by byte as they are', async () => {
    const shown = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
    const both = command('sh', ['-c', "printf 'out\\377'; printf 'err\\376' >&2"]);
    await runnerExec(both, (chunk, stream) => shown[stream].push(chunk), never);
    expect(Buffer.concat(shown.stdout).toString('latin1')).toBe('out\xff');
    expect(Buffer.concat(shown.stderr).toString('latin1')).toBe('err\xfe');
  });

  test('that prints much is shown to its end', async () => {
    const { output } = await run(command('sh', ['-c', 'seq 1 50000; echo last']));
    expect(output.endsWith('50000\nlast\n')).toBe(true);
    expect(output.split('\n')).toHaveLength(50_002);
  });

  test('that asks a question finds the end of its input, and goes on', async () => {
    // The signal ends the test, and not the wait, should the input stay open.
    const soon = AbortSignal.timeout(20_000);
    expect(await run(command('cat'), soon)).toMatchObject({ exit: 0, output: '' });
    const question = command('sh', ['-c', 'read answer; echo "exit $? <$answer>"']);
    expect((await run(question, soon)).output).toBe('exit 1 <>\n');
  });

  test('runs in its folder', async () => {
    expect((await run(command('pwd'))).output.trim()).toBe(folder);
  });

  test('sees the environment that it is given, and nothing of ours', async () => {
    process.env.INPUT_HOST_TOKEN = 'of-the-step';
    try {
      const { output } = await run(command('env', [], { PATH: path, MINE: 'a b=c' }));
      expect(output.split('\n').sort()).toEqual(['', 'MINE=a b=c', `PATH=${path}`]);
    } finally {
      delete process.env.INPUT_HOST_TOKEN;
    }
  });

  test('gets its arguments as they are, and no shell reads them', async () => {
    const args = [
      '$(id)',
      '`id`',
      '$HOME',
      'a  b',
      '"quoted" \'single\'',
      '',
      '*',
      'two\nlines',
      ';exit 3',
      '\\',
      '-c',
    ];
    const script = join(folder, 'args.mjs');
    await writeFile(script, 'process.stdout.write(JSON.stringify(process.argv.slice(2)))');
    const { exit, output } = await run(command(process.execPath, [script, ...args]));
    expect(exit).toBe(0);
    expect(JSON.parse(output)).toEqual(args);
  });

  test('may have a space in its path', async () => {
    const program = join(folder, 'my program');
    await writeFile(program, '#!/bin/sh\necho "ran $1"\n', { mode: 0o755 });
    expect((await run(command(program, ['it']))).output).toBe('ran it\n');
  });
});

describe('what a command leaves running', () => {
  test('is not waited for, and cannot print any more once the command has ended', async () => {
    // It prints until somebody stops reading, and then says so in a file.
    const script = join(folder, 'linger.mjs');
    const noted = join(folder, 'noted');
    await writeFile(
      script,
      `import { writeFileSync } from 'node:fs';
       process.stdout.on('error', () => { writeFileSync(${JSON.stringify(noted)}, ''); process.exit(); });
       setInterval(() => process.stdout.write('late\\n'), 20);`,
    );
    const shown: string[] = [];
    const line = `"${process.execPath}" linger.mjs & echo last`;
    const exit = await runnerExec(command('sh', ['-c', line]), (chunk) => shown.push(String(chunk)), never);
    expect(exit).toBe(0);
    expect(shown.join('')).toContain('last\n');
    const atEnd = shown.length;
    while (!existsSync(noted)) await delay(20);
    expect(shown).toHaveLength(atEnd);
  });
});

describe('an abort', () => {
  test('before the start runs nothing', async () => {
    const reason = new Error('cancelled');
    const started = run(command('touch', ['started']), AbortSignal.abort(reason));
    await expect(started).rejects.toBe(reason);
    expect((await run(command('ls'))).output).not.toContain('started');
  });

  test('ends the command and what it has started, and throws its reason at once', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const gone: Promise<unknown>[] = [];
    // Each process holds a connection to us, which ends when the process ends.
    const connected = Promise.withResolvers<void>();
    const server = await serveTcp((socket: Socket) => {
      gone.push(new Promise((resolve) => socket.resume().on('close', resolve)));
      if (gone.length === 2) connected.resolve();
    });
    const script = join(folder, 'hold.mjs');
    await writeFile(script, `import net from 'node:net'; net.connect(${server.port}, '127.0.0.1');`);
    const both = `"${process.execPath}" hold.mjs & "${process.execPath}" hold.mjs`;
    try {
      const running = run(command('sh', ['-c', both]), controller.signal);
      await Promise.race([connected.promise, running]);
      controller.abort(reason);
      await expect(running).rejects.toBe(reason);
      const left = once(AbortSignal.timeout(20_000), 'abort').then(() => 'something still runs');
      expect(await Promise.race([Promise.all(gone), left])).toHaveLength(2);
    } finally {
      // Ends what an abort has left, because the connection was all that kept it.
      await server.stop();
    }
  });
});
