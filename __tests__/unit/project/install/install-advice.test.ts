import { describe, expect, test } from '@jest/globals';
import { adviseInstall } from '../../../../src/project/install/install-advice.ts';

const advise = (text: string) => adviseInstall('Fix it.')(text.split('\n'));

describe('an installer that fails says what to type', () => {
  test.each<[string, string, RegExp]>([
    [
      'where Poetry reaches no index',
      '  - Installing pyasn1 (0.6.1)\n\n    | All attempts to connect to packages.harbour.invalid failed.\n    | Probable Causes:',
      /^packages\.harbour\.invalid is not reached from this machine\. Run the job again/,
    ],
    [
      'where Poetry finds no file of a locked version',
      '    | Unable to find installation candidates for pyasn1 (0.6.1)\n    | This is likely not a Poetry issue.',
      /^The index has no file of pyasn1 0\.6\.1 .*poetry update pyasn1, and commit poetry\.lock/,
    ],
    [
      'where the lock file of uv is older than the project',
      'error: The lockfile at `uv.lock` needs to be updated, but `--locked` was provided.',
      /^uv\.lock is older than pyproject\.toml\. Run "uv lock" and commit uv\.lock\.$/,
    ],
    [
      'where that of Poetry is',
      'pyproject.toml changed significantly since poetry.lock was last generated. Run `poetry lock` to fix the lock file.',
      /Run "poetry lock" and commit poetry\.lock\.$/,
    ],
    [
      'where that of PDM is, whose versions are kept',
      "WARNING: Lockfile doesn't satisfy the project requirements, packages may be outdated",
      /Run "pdm lock --update-reuse" and commit pdm\.lock\.$/,
    ],
    [
      'where that of Pipenv is',
      'Your Pipfile.lock (6a6d) is out of date. Expected: (9509).\nERROR:: Aborting deploy',
      /^Pipfile\.lock is older than Pipfile\. Run "pipenv lock" and commit Pipfile\.lock\.$/,
    ],
    [
      'where uv needs another Python',
      'Because the current Python version (3.11.7) does not satisfy Python>=3.12 and django==6.0 depends on Python>=3.12, we can conclude …',
      /^Set python-version: "3\.12" of actions\/setup-python in a step before this one:\n {2}- uses: actions\/setup-python/,
    ],
    [
      'where uv needs an older Python',
      'Because the current Python version (3.13.0) does not satisfy Python>=3.9,<3.12 and harbour==1 depends on it …',
      /python-version: "3\.9"/,
    ],
    [
      'where pip needs another Python',
      'ERROR: Ignored the following versions that require a different python version: 5.2 Requires-Python >=3.10; 6.0 Requires-Python >=3.12; 6.0.1 Requires-Python >=3.14\nERROR: Could not find a version that satisfies the requirement django==6.0 (from versions: 1.1, 5.1)',
      /python-version: "3\.12"/,
    ],
    [
      'where a package that lies in a file needs another Python',
      "ERROR: Package 'harbour' requires a different Python: 3.11.7 not in '>=3.13'",
      /python-version: "3\.13"/,
    ],
    [
      'where pip passes over versions that nobody asked for',
      'ERROR: Ignored the following versions that require a different python version: 6.0 Requires-Python >=3.12\nERROR: Could not find a version that satisfies the requirement django==9.9 (from versions: 1.1)',
      /^The index has no django==9\.9\./,
    ],
    [
      'where pip knows no such package',
      'ERROR: Could not find a version that satisfies the requirement harbour-tides>=1 (from versions: none)',
      /^The index has no harbour-tides>=1\..*docs\/install\.md/,
    ],
    [
      'where uv knows no such package',
      'Because harbour-tides was not found in the package registry and you require harbour-tides, we …',
      /no harbour-tides\./,
    ],
    [
      'where uv knows no such version',
      'Because there is no version of django==9.9 and you require django==9.9, we can conclude …',
      /no django==9\.9\./,
    ],
    [
      'where uv knows no such version for a platform',
      "Because there is no version of a{sys_platform == 'linux'}==1+cpu and you require it, we can conclude …",
      /no a\{sys_platform == 'linux'\}==1\+cpu\./,
    ],
    [
      'where another index has the version',
      'Because there is no version of a==2 and you require a==2, …\nhint: A compatible version may be available on a subsequent index',
      /UV_INDEX_STRATEGY: unsafe-best-match/,
    ],
    [
      'where requirements exclude each other',
      'Because you require a==1 and a==2, we can conclude that your requirements are unsatisfiable.',
      /exclude each other/,
    ],
    [
      'where uv is given no hash of a dependency',
      'error: Failed to download `setuptools==84.2.1`\n  cause: Hash-checking is enabled, but no hashes were provided for `setuptools==84.2.1`',
      /Add setuptools with its hashes.*install: pip install setuptools && pip install -r <file>/,
    ],
    [
      'where uv has a hash of one and none of what it needs',
      'error: Hash-checking is required, but no trusted hash was provided for: `asgiref`',
      /Add asgiref with its hashes/,
    ],
    [
      'where uv is given no hash of a requirement',
      'In `--require-hashes` mode, all requirements must have a hash, but none were provided for: asgiref==3',
      /Add asgiref with/,
    ],
    [
      'where pip is given no hash',
      'ERROR: In --require-hashes mode, all requirements must have their versions pinned with ==. These do not:\n    setuptools from https://…',
      /Add setuptools with/,
    ],
    [
      'where a file has another hash',
      'error: Failed to download `a==1`\n  cause: Hash mismatch for `a==1`',
      /another file than the one/,
    ],
    [
      'where a host is not reached',
      'cause: Git operation failed\nfatal: unable to access: Could not resolve host: git.harbour.example\nCould not read from remote repository.',
      /^git\.harbour\.example is not reached/,
    ],
    [
      'where the host of a wheel is not reached',
      'error sending request for url (https://files.harbour.example/a.whl)\ncause: dns error',
      /^files\.harbour\.example is not reached/,
    ],
    ['where no host is named', 'cause: dns error', /^A host is not reached/],
    ['where git has no key', 'git@x: Permission denied (publickey).', /SSH agent.*insteadOf/],
    ['where an index refuses', 'lack of valid authentication credentials (401 Unauthorized)', /index refuses/],
    ['where a file of requirements is missing', 'cause: failed to read from file `/w/base.txt`: No', /no base\.txt/],
    ['where psycopg2 has to be built', 'Error: pg_config executable not found.', /install --yes libpq-dev.*binary/],
    ['where mysqlclient has to be built', 'Exception: Can not find valid pkg-config name.', /libmysqlclient-dev/],
    ['where Python has no headers', 'a.c:1: fatal error: Python.h: No such file or directory', /python3-dev/],
    ['where a header is missing', 'a.c:1: fatal error: ldap.h: No such file or directory', /libldap2-dev libsasl2-dev/],
    ['where there is no compiler', "error: command 'gcc' failed: No such file or directory", /build-essential/],
    ['where uv cannot build a package', 'error: Failed to build `old==1`', /^No wheel of old==1 fits.*older Python/],
    ['where pip cannot build a package', 'ERROR: Failed building wheel for old', /^No wheel of old fits/],
    ['where the disk is full', 'OSError: [Errno 28] No space left on device', /disk/],
    ['as its caller does, where nothing is known', 'Segmentation fault', /^Fix it\.$/],
  ])('%s', (_what, output, hint) => {
    expect(advise(output).hint).toMatch(hint);
  });
});

describe('of what an installer has printed', () => {
  test('uv’s error is shown, and no package that was under way', () => {
    const { lines } = advise(
      'Downloading numpy (15.8MiB)\n Downloaded numpy\nerror: Failed\n  cause: Downloading failed',
    );
    expect(lines).toEqual(['error: Failed', '  cause: Downloading failed']);
  });

  test('the start and the end of a long error are shown', () => {
    const body = Array.from({ length: 60 }, (_, at) => `  line ${at}`);
    const { lines } = advise(['error: Failed to build `old==1`', ...body].join('\n'));
    expect(lines).toHaveLength(15);
    expect(lines.slice(0, 2)).toEqual(['error: Failed to build `old==1`', '  line 0']);
    expect(lines.slice(4, 6)).toEqual(['…', '  line 50']);
  });

  test('pip’s lists of versions and its progress are not shown', () => {
    const { lines } = advise(
      'Collecting django==9\nERROR: Ignored the following versions: 6.0 Requires-Python >=3.12\nERROR: Could not find a version that satisfies the requirement django==9 (from versions: 1.1, 1.2)\n[notice] A new release',
    );
    expect(lines).toEqual(['ERROR: Could not find a version that satisfies the requirement django==9']);
  });

  test('everything is shown where there is nothing but progress', () => {
    expect(advise('Collecting django').lines).toEqual(['Collecting django']);
  });
});

test('what Pipenv says of its own code is not shown', () => {
  const said = 'Your Pipfile.lock (6a6d) is out of date. Expected: (9509).';
  const code =
    '[DeployException]:   File "/opt/pipenv/cli.py", line 842\n[DeployException]:       raise DeployException';
  const { lines } = adviseInstall('Fix it.')(`${said}\n${code}\nERROR:: Aborting deploy`.split('\n'));
  expect(lines).toEqual([said, 'ERROR:: Aborting deploy']);
});
