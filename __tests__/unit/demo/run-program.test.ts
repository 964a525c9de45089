import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runProgram } from '../../../demo/parts/run-program.ts';
import { tempFolder } from '../../support/project.ts';

const node = (script: string, options = {}, input?: string) =>
  runProgram(process.execPath, ['-e', script], options, input);

test('a program reads its input, and what it prints is told, where it fails too', async () => {
  expect(await node('process.stdin.pipe(process.stdout)', {}, 'a line')).toEqual({ stdout: 'a line', stderr: '' });
  await expect(node('console.error("why"); process.exit(3)')).rejects.toMatchObject({ code: 3, stderr: 'why\n' });
  await expect(runProgram('no-such-program', [])).rejects.toThrow('ENOENT');
});

test('a program that is stopped has ended when that is told', async () => {
  const file = join(tempFolder(), 'pid');
  const stop = new AbortController();
  const slowly = 'process.on("SIGTERM", () => setTimeout(() => process.exit(), 300)); setInterval(() => {}, 1000);';
  const script = `${slowly} require("node:fs").writeFileSync(${JSON.stringify(file)}, String(process.pid));`;
  const running = node(script, { signal: stop.signal });
  const pid = () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
  const look = setInterval(() => pid() > 0 && stop.abort(), 20);
  await expect(running).rejects.toThrow('aborted');
  clearInterval(look);
  expect(() => process.kill(pid(), 0)).toThrow('ESRCH');
});
