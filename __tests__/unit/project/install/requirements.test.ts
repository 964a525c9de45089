import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readRequirements } from '../../../../src/project/install/project-folder.ts';
import { parseRequirements } from '../../../../src/project/install/requirements.ts';
import { tempFolder, writeFiles } from '../../../support/project.ts';

describe('requirements', () => {
  test.each<[string, string[]]>([
    ['-r base.txt', ['base.txt']],
    ['-rbase.txt', ['base.txt']],
    ['--requirement=base.txt', ['base.txt']],
    ['--requirement base.txt  # all', ['base.txt']],
    ['-c limits.txt', ['limits.txt']],
    ['-r "base.txt"', ['base.txt']],
    ["--requirement='base file.txt'  # all", ['base file.txt']],
    ['-r base\\ file.txt', ['base file.txt']],
    ['-r "https://example.com/base.txt"', []],
    ['--constraint limits.txt', ['limits.txt']],
    ['-r https://example.com/base.txt', []],
    ['# -r base.txt', []],
    ['requests', []],
  ])('of %j take in %j', (line, includes) => {
    expect(parseRequirements(line).includes).toEqual(includes);
  });

  test.each<[string, boolean]>([
    ['django==5.2 --hash=sha256:0a', true],
    ['django==5.2 \\\r\n    --hash sha256:0a \\\r\n    --hash sha256:0b', true],
    ['--require-hashes', true],
    ['django==5.2  # --hash=sha256:0a', false],
    ['tides @ git+https://example.com/tides.git#egg=tides', false],
  ])('of %j have hashes: %s', (text, hashes) => {
    expect(parseRequirements(text).hashes).toBe(hashes);
  });

  test.each<[string, string[]]>([
    ['--pre\n--prefer-binary\n--pre', ['--pre', '--prefer-binary']],
    ['--trusted-host packages.example', ['--trusted-host']],
    ['lxml --global-option="--with"', ['--global-option']],
    ['lxml --config-settings="a=b"', ['--config-settings']],
    ['-rbase.txt\n-climits.txt\n-rmore.txt', ['-r without a space after it', '-c without a space after it']],
    ['-e.\n-r base.txt\n-r=base.txt', ['-e without a space after it']],
    ['--extra-index-url https://packages.example/--pre/simple', []],
    ['-e .\n--no-binary :all:\n--find-links wheels', []],
  ])('of %j hold what only pip follows: %j', (text, options) => {
    expect(parseRequirements(text).onlyPip).toEqual(options);
  });

  test('are read with all that they take in, each once, also in a circle', async () => {
    const root = tempFolder();
    await writeFiles(root, {
      'requirements/prod.txt': '-r base.txt\n-c ../limits.txt\n-r gone.txt',
      'requirements/base.txt': '-r prod.txt\n--pre\ndjango==5.2 --hash=sha256:0a',
      'limits.txt': 'sqlparse<1',
    });
    const { contents, hashes, onlyPip } = await readRequirements(join(root, 'requirements/prod.txt'));
    expect(contents.map((bytes) => Buffer.from(bytes).toString().slice(0, 11))).toEqual([
      '-r base.txt',
      '-r prod.txt',
      'sqlparse<1',
    ]);
    expect({ hashes, onlyPip }).toEqual({ hashes: true, onlyPip: ['--pre'] });
  });
});
