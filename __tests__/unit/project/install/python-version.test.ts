import { describe, expect, test } from '@jest/globals';
import { parsePyproject } from '../../../../src/project/install/pyproject.ts';
import {
  decodeText,
  fromPoetry,
  isAsked,
  meets,
  type PythonFiles,
  readPythonWish,
  suggest,
} from '../../../../src/project/install/python-version.ts';

function files(texts: Readonly<Record<string, string>>, path = '.'): PythonFiles {
  const pyproject = texts['pyproject.toml'];
  return {
    path,
    names: Object.keys(texts),
    pyproject: pyproject === undefined ? undefined : parsePyproject(pyproject, 'pyproject.toml'),
    text: (name) => texts[name],
  };
}

const wish = (texts: Readonly<Record<string, string>>) => readPythonWish([files(texts)]);

describe('a version file asks for', () => {
  test.each([
    ['3.12', '3.12', 1],
    ['3.12.1\n', '3.12.1', 1],
    ['  3.12.x  ', '3.12', 1],
    ['3.12.*', '3.12', 1],
    ['v3.12', '3.12', 1],
    ['python-3.12.1', '3.12.1', 1],
    ['cpython@3.12', '3.12', 1],
    ['3.14.0rc1', '3.14.0', 1],
    ['3.14-dev', '3.14', 1],
    ['3.13t', '3.13', 1],
    ['3', '3', 1],
    ['# what the host runs\r\n\r\n3.12 # and no other\r\n3.11\r\n', '3.12', 3],
    ['\n3.13\n3.12\n', '3.13', 2],
    ['mysite-venv\n3.12\n', '3.12', 2],
    ['cpython-3.12.4-linux-x86_64-gnu', '3.12.4', 1],
    ['3.12.4/envs/mysite', '3.12.4', 1],
    ['"3.12"', '3.12', 1],
    ['python==3.12.4', '3.12.4', 1],
  ])('%j: %s, on line %i', (text, version, line) => {
    expect(wish({ '.python-version': text }).asked).toMatchObject({ file: '.python-version', version, line });
  });

  test.each([
    ['system', []],
    ['', [expect.stringContaining('.python-version is empty')]],
    ['# 3.12', [expect.stringContaining('.python-version is empty')]],
    ['pypy3.10-7.3.19', [expect.stringContaining('says "pypy3.10-7.3.19", which is no version of CPython')]],
    ['mysite-venv', [expect.stringContaining('says "mysite-venv"')]],
    ['3.12.1.4', [expect.stringContaining('says "3.12.1.4"')]],
  ])('nothing with %j', (text, remarks) => {
    expect(wish({ '.python-version': text })).toMatchObject({ asked: undefined, remarks });
  });

  test('versions that will do, as uv takes them, beside what the project requires', () => {
    const found = wish({
      '.python-version': '>=3.11,<3.14',
      'pyproject.toml': '[project]\nrequires-python = ">=3.12"\n',
    });
    expect(found).toMatchObject({ asked: undefined, remarks: [] });
    expect(found.required.map(({ file, text }) => `${file} ${text}`)).toEqual([
      'pyproject.toml >=3.12',
      '.python-version >=3.11,<3.14',
    ]);
    expect(suggest(found)).toBe('3.12');
  });

  test('also where it is a runtime.txt, and .python-version goes before it', () => {
    expect(wish({ 'runtime.txt': 'python-3.11.9' }).asked).toMatchObject({ file: 'runtime.txt', version: '3.11.9' });
    expect(wish({ 'runtime.txt': 'python-3.11.9', '.python-version': '3.12' }).asked?.version).toBe('3.12');
  });

  test('in the folder of manage.py before the working directory', () => {
    const folders = [files({ '.python-version': '3.13' }, 'web'), files({ '.python-version': '3.12' })];
    expect(readPythonWish(folders).asked).toMatchObject({ file: 'web/.python-version', version: '3.13' });
  });
});

describe('a name that no tool reads is told with the one that was meant', () => {
  test.each([
    ['.python_version', '.python-version'],
    ['.pythonversion', '.python-version'],
    ['.python-versions', '.python-version'],
    ['python-version', '.python-version'],
    ['.Python-Version', '.python-version'],
    ['.python-version.txt', '.python-version'],
    ['.pyhton-version', '.python-version'],
    ['runtime.text', 'runtime.txt'],
    ['Runtime.txt', 'runtime.txt'],
  ])('%s', (name, meant) => {
    expect(wish({ [name]: '3.12' })).toMatchObject({
      asked: undefined,
      remarks: [`${name} is read by no tool. Rename it to ${meant}.`],
    });
  });

  test('unless that one is there too', () => {
    expect(wish({ '.python-version': '3.12', 'python-version': 'notes' }).remarks).toEqual([]);
  });
});

describe('the text of a file is read', () => {
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
  test.each([
    ['with a byte order mark', Buffer.from('\ufeff3.12')],
    ['as UTF-16', utf16('3.12')],
    ['as UTF-16 with the bytes swapped', utf16('3.12').swap16()],
    ['as plain UTF-8', Buffer.from('3.12')],
  ])('%s', (_how, bytes) => {
    expect(decodeText(bytes)).toBe('3.12');
  });
});

describe('a constraint of Poetry’s', () => {
  test.each([
    ['^3.10', ['>=3.10,<4']],
    ['~3.10', ['>=3.10,<3.11']],
    ['~3', ['>=3,<4']],
    ['>=3.10,<3.13', ['>=3.10,<3.13']],
    ['>=3.10 <3.13', ['>=3.10,<3.13']],
    ['~=3.12', ['~=3.12']],
    ['3.12.*', ['==3.12.*']],
    ['3.12', ['==3.12.*']],
    ['3.12.4', ['==3.12.4']],
    ['^3.10 || ^4.0', ['>=3.10,<4', '>=4.0,<5']],
    ['*', ['']],
  ])('%s is %j', (constraint, specifiers) => {
    expect(fromPoetry(constraint)).toEqual(specifiers);
  });
});

describe('a project refuses a Python', () => {
  test.each<[string, Record<string, string>, string, boolean]>([
    ['that is too old', { 'pyproject.toml': '[project]\nrequires-python = ">=3.12"' }, '3.11.7', true],
    ['that is not', { 'pyproject.toml': '[project]\nrequires-python = ">=3.12"' }, '3.12.0', false],
    ['that is too new', { 'pyproject.toml': '[project]\nrequires-python = ">=3.10,<3.13"' }, '3.13.0', true],
    ['of before its release', { 'pyproject.toml': '[project]\nrequires-python = ">=3.13"' }, '3.14.0rc1', false],
    ['by Poetry', { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.12"' }, '3.11.7', true],
    [
      'by Poetry, of two',
      { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "~3.9 || ~3.11"' },
      '3.11.7',
      false,
    ],
    ['by Pipenv', { 'Pipfile.lock': '{"_meta": {"requires": {"python_version": "3.12"}}}' }, '3.13.0', true],
    ['by Pipenv not', { 'Pipfile.lock': '{"_meta": {"requires": {"python_version": "3.12"}}}' }, '3.12.9', false],
    ['by what is no specifier', { 'pyproject.toml': '[project]\nrequires-python = "three"' }, '3.11.7', false],
  ])('%s', (_what, texts, version, refused) => {
    const { required } = wish(texts);
    expect(required.every((one) => meets(one, version))).toBe(!refused);
  });

  test('on the line that says so', () => {
    expect(wish({ 'Pipfile.lock': '{\n "requires": {\n  "python_version": "3.12"' }).required).toMatchObject([
      { file: 'Pipfile.lock', line: 3, text: '3.12' },
    ]);
  });
});

test.each([
  ['3.12', '3.12.9', true],
  ['3.12.1', '3.12.9', true],
  ['3.1', '3.12.9', false],
  ['3', '3.12.9', true],
  ['2', '3.12.9', false],
])('whoever asks for %s is served with %s: %s', (version, found, served) => {
  expect(isAsked({ file: '.python-version', line: 1, text: version, version }, found)).toBe(served);
});

test.each([
  [
    'the asked version',
    { '.python-version': '3.12.1', 'pyproject.toml': '[project]\nrequires-python = ">=3.10"' },
    '3.12',
  ],
  ['the oldest that fits', { 'pyproject.toml': '[project]\nrequires-python = ">=3.11"' }, '3.11'],
  [
    'one that fits, whatever is asked',
    { '.python-version': '3.9', 'pyproject.toml': '[project]\nrequires-python = ">=3.11"' },
    '3.11',
  ],
])('actions/setup-python should bring %s', (_what, texts, version) => {
  expect(suggest(wish(texts))).toBe(version);
});
