import { describe, expect, test } from '@jest/globals';
import { locksPipfile } from '../../../../src/project/install/pipfile-lock.ts';

const pipfile = `[[source]]
url = "https://index.harbour.invalid/simple"
verify_ssl = true
name = "harbour"

[packages]
Django = "~=5.2.0"
Some_Package = {version = "*", extras = ["café", "b"]}

[dev-packages]
iniconfig = "*"

[production]
Pillow = ">=10"

[requires]
python_version = "3.11"

[scripts]
web = "gunicorn"
`;

const lockOf = (sha256: string) => JSON.stringify({ _meta: { hash: { sha256 } }, default: {} });
/** What real Pipenvs wrote for that Pipfile. */
const of2024 = lockOf('5a253b6f2354651d8eccac0c0247c6899f4c1d916583680c70430a019c43ba72');
const of2026 = lockOf('39b976b638027321eeabba6eef2d0dffbc904009fd5b3bd9c51bfb3de5b5480d');

describe('a Pipfile.lock is known to be of its Pipfile', () => {
  test.each([
    ['Pipenv 2024.4, which hashes names as they are written', of2024],
    ['Pipenv 2026.10, which hashes names as the index knows them', of2026],
  ])('whether it is made by %s', (_made, lock) => {
    expect(locksPipfile(pipfile, lock)).toBe(true);
    expect(locksPipfile(pipfile.replace('web = "gunicorn"', 'web = "uvicorn"'), lock)).toBe(true);
  });

  test.each([
    ['of another version', pipfile.replace('5.2', '5.1')],
    ['without a package', pipfile.replace('iniconfig = "*"\n', '')],
    ['with another index', pipfile.replace('harbour.invalid', 'strangers.invalid')],
    ['with another category', pipfile.replace('[production]', '[worker]')],
    ['for another Python', pipfile.replace('"3.11"', '"3.13"')],
    ['that is no TOML', '[packages'],
    ['that is not there', undefined],
  ])('and not of a Pipfile %s', (_what, text) => {
    expect([of2024, of2026].filter((lock) => locksPipfile(text, lock))).toEqual([]);
  });

  test.each(['', '{}', '[]', 'null', '{"_meta": {"hash": {}}}'])('and not where it says nothing: %s', (lock) => {
    expect(locksPipfile(pipfile, lock)).toBe(false);
  });
});
