import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readCommandFile } from '../../../demo/parts/action.ts';
import { type CommandFiles, namedValue, openCommandFiles, undone } from '../../../src/workflow/command-files.ts';
import { tempFolder } from '../../support/project.ts';

let files: CommandFiles;
let output: string;
let path: string;

beforeEach(() => {
  const folder = tempFolder();
  output = join(folder, 'set_output_1');
  path = join(folder, 'add_path_1');
  writeFileSync(output, 'before=1\n');
  writeFileSync(path, '');
  files = openCommandFiles({ GITHUB_OUTPUT: output, GITHUB_PATH: path, GITHUB_STATE: join(folder, 'absent') });
});

const text = (file: string) => readFileSync(file, 'utf8');

test('what the step says is added to what was there', () => {
  files.append('GITHUB_OUTPUT', namedValue('url', 'https://example.com'));
  files.append('GITHUB_STEP_SUMMARY', 'nowhere to write it');
  expect(readCommandFile(text(output))).toEqual({ before: '1', url: 'https://example.com' });
  expect(files.undoOthers()).toEqual([]);
});

describe('what others write is undone and told once', () => {
  test.each<[string, () => void]>([
    ['by adding', () => appendFileSync(output, 'url=https://evil.example\n')],
    ['by replacing', () => writeFileSync(output, 'before=2\n')],
    ['by emptying', () => writeFileSync(output, '')],
    ['by deleting', () => rmSync(output)],
    [
      'by a link',
      () => {
        rmSync(output);
        symlinkSync('/etc/hostname', output);
      },
    ],
    [
      'by a folder',
      () => {
        rmSync(output);
        mkdirSync(join(output, 'deep'), { recursive: true });
      },
    ],
    [
      'by a pipe, which would never end',
      () => {
        rmSync(output);
        execFileSync('mkfifo', [output]);
      },
    ],
  ])('%s', (_, attack) => {
    attack();
    expect(files.undoOthers()).toEqual(['GITHUB_OUTPUT']);
    expect(text(output)).toBe('before=1\n');
    expect(files.undoOthers()).toEqual([]);
  });

  test('also where the step itself writes after them', () => {
    appendFileSync(output, 'url=https://evil.example\n');
    appendFileSync(path, '/evil/bin\n');
    files.append('GITHUB_OUTPUT', 'status=live\n');
    expect(text(output)).toBe('before=1\nstatus=live\n');
    expect(files.undoOthers()).toEqual(['GITHUB_OUTPUT', 'GITHUB_PATH']);
    expect(text(path)).toBe('');
  });

  test('and the target of a link is left alone', () => {
    const target = join(tempFolder(), 'target');
    writeFileSync(target, 'mine');
    rmSync(path);
    symlinkSync(target, path);
    files.undoOthers();
    expect(text(target)).toBe('mine');
  });

  test('where the whole folder is gone', () => {
    rmSync(join(output, '..'), { recursive: true });
    expect(files.undoOthers()).toEqual(['GITHUB_OUTPUT']);
    expect(text(output)).toBe('before=1\n');
    expect(existsSync(path)).toBe(false);
  });
});

test('a value with lines that look like the end of it, or like other values, is one value', () => {
  const value = 'a\nurl=https://evil.example\nend-\nx<<y\n%0A';
  expect(readCommandFile(namedValue('reason', value))).toEqual({ reason: value });
  expect(namedValue('a', 'b')).not.toBe(namedValue('a', 'b'));
});

test('the warning names the files and what to do instead', () => {
  expect(undone(['GITHUB_ENV', 'GITHUB_PATH'])).toBe(
    "The project's code wrote to GITHUB_ENV, GITHUB_PATH, where a step commands the runner. It was undone; write there in a step of your own.",
  );
});
