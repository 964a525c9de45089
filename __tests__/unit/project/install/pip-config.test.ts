import { describe, expect, test } from '@jest/globals';
import { forUv, pipConfigFiles, readPipConfig } from '../../../../src/project/install/pip-config.ts';

const everything = () => true;

describe('pip’s configuration', () => {
  test('is read from its files, of which the later goes before', () => {
    const machine = '# of the machine\n[global]\nindex-url = https://a.example/simple\ntimeout: 60\n';
    const user = '[global]\nindex_url=https://b.example/simple\n[list]\nformat = columns\n';
    expect([...readPipConfig([machine, user], {})]).toEqual([
      ['index-url', 'https://b.example/simple'],
      ['timeout', '60'],
    ]);
  });

  test('of installing goes before the global one, and variables before both', () => {
    const file = '[install]\nindex-url = https://b.example\nno-index = true\n[global]\nindex-url = https://a.example\n';
    expect(readPipConfig([file], {}).get('index-url')).toBe('https://b.example');
    const config = readPipConfig([file], { PIP_INDEX_URL: 'https://c.example', PIP_NO_INDEX: '', PATH: '/bin' });
    expect([...config]).toEqual([
      ['index-url', 'https://c.example'],
      ['no-index', 'true'],
    ]);
  });

  test('has values of several lines', () => {
    const file =
      '[global]\r\nextra-index-url =\r\n    https://a.example\r\n    ; none of ours\r\n    https://b.example\r\n';
    expect(readPipConfig([file], {}).get('extra-index-url')).toBe('\nhttps://a.example\nhttps://b.example');
  });

  test.each<[NodeJS.Platform, Record<string, string>, string[]]>([
    [
      'linux',
      { HOME: '/home/me' },
      ['/etc/xdg/pip', '/etc', '/home/me/.pip', '/home/me/.config/pip', '/venv'].map((folder) => `${folder}/pip.conf`),
    ],
    ['linux', { HOME: '/home/me', XDG_CONFIG_HOME: '/xdg' }, expect.arrayContaining(['/xdg/pip/pip.conf']) as never],
    ['linux', { PIP_CONFIG_FILE: '/own' }, expect.arrayContaining(['/own', '/etc/pip.conf']) as never],
    ['linux', { PIP_CONFIG_FILE: '/dev/null' }, []],
    [
      'darwin',
      { HOME: '/Users/me' },
      expect.arrayContaining(['/Users/me/Library/Application Support/pip/pip.conf']) as never,
    ],
    ['win32', { APPDATA: 'C:\\Users\\me' }, expect.arrayContaining(['C:\\Users\\me\\pip\\pip.ini']) as never],
  ])('lies on %s with %j in %j', (platform, env, paths) => {
    expect(pipConfigFiles(env, '/venv', platform)).toEqual(paths);
  });
});

describe('uv is told', () => {
  test.each<[string, string, Record<string, string>]>([
    ['index-url', 'https://reader:word@a.example/simple', { UV_DEFAULT_INDEX: 'https://reader:word@a.example/simple' }],
    ['extra-index-url', '\nhttps://a.example\nhttps://b.example', { UV_INDEX: 'https://a.example https://b.example' }],
    ['find-links', '/wheels https://c.example/wheels', { UV_FIND_LINKS: '/wheels,https://c.example/wheels' }],
    ['no-index', 'true', { UV_NO_INDEX: 'true' }],
    ['constraint', 'a.txt b.txt', { UV_CONSTRAINT: 'a.txt b.txt' }],
    ['trusted-host', 'a.example', { UV_INSECURE_HOST: 'a.example' }],
    ['cert', '/etc/ssl/own.pem', { SSL_CERT_FILE: '/etc/ssl/own.pem' }],
  ])('%s of %j', (option, value, env) => {
    expect(forUv(new Map([[option, value]]), {}, everything)).toEqual({ env, unknown: [] });
  });

  test('nothing of folders that are not there, at which it would end', () => {
    expect(forUv(new Map([['find-links', '/gone']]), {}, () => false)).toEqual({ env: {}, unknown: [] });
  });

  test('nothing that it is told already', () => {
    const config = new Map([['index-url', 'https://a.example']]);
    expect(forUv(config, { UV_DEFAULT_INDEX: 'https://b.example' }, everything).env).toEqual({});
  });

  test('nothing of how pip speaks, and what it does not know is named', () => {
    const config = new Map([
      ['timeout', '60'],
      ['disable-pip-version-check', '1'],
      ['proxy', 'http://proxy.example'],
      ['toString', 'x'],
    ]);
    expect(forUv(config, {}, everything)).toEqual({ env: {}, unknown: ['proxy', 'toString'] });
  });
});
