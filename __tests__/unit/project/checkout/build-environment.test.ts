import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  activate,
  buildEnvironment,
  hostLike,
  isMarkOfRunner,
  scripts,
} from '../../../../src/project/checkout/build-environment.ts';

describe('the project’s code does not get', () => {
  test.each([
    'INPUT_HOST-TOKEN',
    'INPUT_SECRET-ACCESS-KEY',
    'INPUT_DEPLOY-HOOK',
    'INPUT_ENV',
    'input_github-token',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_RUNTIME_URL',
    'ACTIONS_CACHE_URL',
    'ACTIONS_RESULTS_URL',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'aws_secret_access_key',
    'AWS_SESSION_TOKEN',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_PROFILE',
    'GITHUB_TOKEN',
    'GH_TOKEN',
    'GITHUB_ENV',
    'GITHUB_OUTPUT',
    'GITHUB_PATH',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'GITHUB_EVENT_PATH',
    'STATE_scratch',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'AZURE_CLIENT_SECRET',
    'RENDER_API_KEY',
    'DEPLOY_HOOK',
    'DATABASE_URL',
    'SECRET_KEY',
    'BASH_ENV',
    'LD_PRELOAD',
    'PATH_TO_SECRET',
    'MY_PIP_TOKEN',
    'UV_PUBLISH_TOKEN',
    'PDM_PUBLISH_PASSWORD',
    'POETRY_PYPI_TOKEN_PYPI',
    'TWINE_PASSWORD',
  ])('%s', (name) => {
    const given = buildEnvironment({ PATH: '/usr/bin', [name]: 'canary' }, {});
    expect(JSON.stringify(given)).not.toContain('canary');
    expect(Object.keys(given)).not.toContain(name);
  });
});

describe('the project’s code gets', () => {
  test.each([
    'NODE_OPTIONS',
    'NODE_ENV',
    'NODE_AUTH_TOKEN',
    'VITE_API_URL',
    'REACT_APP_TITLE',
    'NEXT_PUBLIC_MAP',
    'PUBLIC_SITE',
    'YARN_ENABLE_SCRIPTS',
    'PATH',
    'Path',
    'HOME',
    'LANG',
    'LC_ALL',
    'TMPDIR',
    'SystemRoot',
    'CI',
    'GITHUB_ACTIONS',
    'RUNNER_TRACKING_ID',
    'DJANGO_SETTINGS_MODULE',
    'PYTHONPATH',
    'pythonLocation',
    'Python3_ROOT_DIR',
    'LD_LIBRARY_PATH',
    'PIP_INDEX_URL',
    'PIP_CERT',
    'UV_INDEX_PRIVATE_PASSWORD',
    'UV_CACHE_DIR',
    'POETRY_HTTP_BASIC_HARBOUR_PASSWORD',
    'PDM_PYPI_PASSWORD',
    'PIPENV_PYPI_MIRROR',
    'GIT_CONFIG_COUNT',
    'GIT_CONFIG_KEY_0',
    'SSH_AUTH_SOCK',
    'NETRC',
    'npm_config_registry',
    'NPM_CONFIG_USERCONFIG',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'REQUESTS_CA_BUNDLE',
    'CURL_CA_BUNDLE',
    'NODE_EXTRA_CA_CERTS',
    'GIT_SSL_CAINFO',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'https_proxy',
    'no_proxy',
    'ALL_PROXY',
    'CFLAGS',
  ])('%s as it is', (name) => {
    expect(buildEnvironment({ [name]: 'as it is' }, {})).toMatchObject({ [name]: 'as it is' });
  });

  test('no variable without a value', () => {
    expect(Object.values(buildEnvironment({ HOME: undefined, LANG: '' }, {}))).not.toContain(undefined);
    expect(buildEnvironment({ HOME: undefined, LANG: '' }, {})).toHaveProperty('LANG', '');
  });

  test('the input env, whatever the name, and before all else', () => {
    const runner = { PATH: '/usr/bin', DJANGO_SETTINGS_MODULE: 'config.dev', AWS_REGION: 'eu-west-1' };
    const own = {
      DJANGO_SETTINGS_MODULE: 'config.production',
      AWS_REGION: 'us-east-1',
      GITHUB_TOKEN: 'given on purpose',
      PYTHONDONTWRITEBYTECODE: '',
    };
    expect(buildEnvironment(runner, own)).toMatchObject({ PATH: '/usr/bin', ...own });
  });
});

test('Python writes no byte code into the tree, and its lines come at once and as UTF-8', () => {
  expect(buildEnvironment({ PYTHONDONTWRITEBYTECODE: '0', PYTHONUTF8: '0' }, {})).toMatchObject({
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1',
  });
});

describe('Django’s own processes', () => {
  // The rest of the build has these (above), because tools speak less there. Settings choose by them, and the host has none.
  const build = { PATH: '/usr/bin', CI: 'true', GITHUB_ACTIONS: 'true', RUNNER_TRACKING_ID: 'github_1' };

  test('do not learn that this is a runner, and keep what lets the runner end them', () => {
    expect(hostLike(build, [])).toEqual({ PATH: '/usr/bin', RUNNER_TRACKING_ID: 'github_1' });
    expect(hostLike({ ci: 'true' }, [])).toEqual({});
  });

  test.each([
    ['CI', true],
    ['GITHUB_WORKFLOW', true],
    ['GITHUB_SHA', true],
    ['RUNNER_OS', true],
    ['TRAVIS', true],
    ['GITHUB_TOKEN', false],
    ['GITHUB_APP_ID', false],
    ['GITHUB_API_SECRET', false],
    ['RUNNER_TRACKING_ID', false],
    ['CITY', false],
  ])('have no advice to set %s, which no host has: %s', (name, is) => {
    expect(isMarkOfRunner(name)).toBe(is);
  });

  test('get each of these names that the input env or the host gives', () => {
    expect(hostLike(build, ['CI'])).toHaveProperty('CI', 'true');
    expect(hostLike(build, ['CI'])).not.toHaveProperty('GITHUB_ACTIONS');
  });
});

test('Python’s sets have one order in every process, build commands too, so that a commit gives the same files again', () => {
  expect(buildEnvironment({ PYTHONHASHSEED: 'random' }, {})).toHaveProperty('PYTHONHASHSEED', '0');
  expect(buildEnvironment({}, { PYTHONHASHSEED: '7' })).toHaveProperty('PYTHONHASHSEED', '7');
});

describe('an activated virtual environment', () => {
  const venv = join('/scratch', 'venv');

  test('comes first on the PATH and is named', () => {
    const active = activate({ PATH: `/usr/local/bin${delimiter}/usr/bin`, HOME: '/home/me' }, venv);
    expect(active).toEqual({
      PATH: [scripts(venv), '/usr/local/bin', '/usr/bin'].join(delimiter),
      HOME: '/home/me',
      VIRTUAL_ENV: venv,
    });
  });

  test('is the whole PATH where there was none, without an empty part that means the current folder', () => {
    expect(activate({}, venv).PATH).toBe(scripts(venv));
    expect(activate({ PATH: '' }, venv).PATH).toBe(scripts(venv));
  });

  test('does not make a second PATH where Windows writes it as Path', () => {
    const active = activate({ Path: '/usr/bin' }, venv);
    expect(active.Path).toBe([scripts(venv), '/usr/bin'].join(delimiter));
    expect(Object.keys(active).sort()).toEqual(['Path', 'VIRTUAL_ENV']);
  });

  test('takes away PYTHONHOME, which would lead Python back out of it, and replaces another one', () => {
    const active = activate({ PATH: '/usr/bin', PYTHONHOME: '/opt/python', VIRTUAL_ENV: '/other' }, venv);
    expect(active).not.toHaveProperty('PYTHONHOME');
    expect(active.VIRTUAL_ENV).toBe(venv);
  });
});
