import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { environmentBlock, takeInputs, wipeEnvironmentBlock } from '../../../src/runner/environ.ts';
import { tempFolder } from '../../support/project.ts';

describe('inputs', () => {
  test('are read by their names, and stand in the environment no more', () => {
    const environment = { PATH: '/bin', 'INPUT_HOST-TOKEN': 'secret', input_url: 'x', INPUT_EMPTY: '' };
    const input = takeInputs(environment);
    expect(environment).toEqual({ PATH: '/bin' });
    expect(['host-token', 'url', 'empty', 'other'].map(input)).toEqual(['secret', 'x', '', '']);
  });
});

describe('the block of the environment', () => {
  const stat = (name: string, start: number, end: number) =>
    `42 (${name}) R ${Array.from({ length: 46 }, (_, at) => at).join(' ')} ${start} ${end} 0\n`;

  test.each(['node', 'a b', 'x) R 1 2', ')'])('is found whatever the process is called: %s', (name) => {
    expect(environmentBlock(stat(name, 140_727_453_010_588, 140_727_453_011_937))).toEqual({
      address: 140_727_453_010_588,
      length: 1_349,
    });
  });

  test.each([
    ['hidden from us', stat('node', 0, 0)],
    ['empty', stat('node', 500, 500)],
    ['of an old kernel', '42 (node) R 1 2 3'],
    ['nonsense', ''],
  ])('is none where it is %s', (_, text) => {
    expect(environmentBlock(text)).toBeUndefined();
  });
});

test('a process that has wiped it shows nothing to others, and goes on with its variables', () => {
  if (process.platform !== 'linux') return expect(wipeEnvironmentBlock({})).toContain('there is no /proc');
  const script = join(tempFolder(), 'wipe.ts');
  const source = join(import.meta.dirname, '..', '..', '..', 'src', 'runner', 'environ.ts');
  writeFileSync(
    script,
    `import { execFileSync } from 'node:child_process';
     import { wipeEnvironmentBlock } from ${JSON.stringify(source)};
     const read = () => execFileSync('sh', ['-c', 'cat /proc/$PPID/environ'], { env: { PATH: process.env.PATH } }).toString();
     const before = read();
     const refused = wipeEnvironmentBlock(process.env);
     process.env.LATER = 'set';
     delete process.env.GONE;
     const { CANARY, EMPTY, UNICODE, LATER, GONE } = process.env;
     const seen = { before: before.includes('CANARY=canary'), after: read().replaceAll('\\0', ''), refused };
     console.log(JSON.stringify({ ...seen, CANARY, EMPTY, UNICODE, LATER, GONE: String(GONE) }));`,
  );
  const env = { PATH: process.env.PATH ?? '', CANARY: 'canary', EMPTY: '', UNICODE: 'ü=✓', GONE: 'x' };
  expect(JSON.parse(execFileSync(process.execPath, [script], { env }).toString())).toEqual({
    before: true,
    after: '',
    CANARY: 'canary',
    EMPTY: '',
    UNICODE: 'ü=✓',
    LATER: 'set',
    GONE: 'undefined',
  });
});
