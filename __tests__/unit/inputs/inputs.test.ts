import { describe, expect, test } from '@jest/globals';
import { hosts } from '../../../src/hosts/index.ts';
import { parseInputs } from '../../../src/inputs/parse-inputs.ts';
import { secretsOf } from '../../../src/inputs/secrets.ts';
import { readInputs } from '../../support/inputs.ts';

/** Whoever names nobody to ask says that it is on purpose. */
const nobody = (given: Record<string, string>) =>
  ['host', 'service', 'deploy-hook'].some((name) => given[name]) ? {} : { host: 'none' };

const read = (given: Record<string, string>, env: Record<string, string> = {}, withoutSecrets = false) => {
  const all: Record<string, string> = { ...nobody(given), ...given };
  return readInputs({ input: (name) => all[name] ?? '', env }, hosts, () => (withoutSecrets ? undefined : 'deploy'));
};

const mistakes = (given: Record<string, string>): string => {
  try {
    read(given);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('forms of buckets, endpoints, keys and encryption', () => {
  test.each<[Record<string, string>, string]>([
    [{ bucket: 's3://assets' }, 'bucket: "s3://assets" is more than the name of a bucket; write "assets"'],
    [{ bucket: 'arn:aws:s3:::assets' }, 'write "assets"'],
    [{ bucket: 'assets/static' }, 'write "assets", and the folder into static-prefix: "static/"'],
    [{ bucket: 's3://assets/web/static/' }, 'write "assets", and the folder into static-prefix: "web/static/"'],
    [{ bucket: 'https://assets.nyc3.digitaloceanspaces.com' }, 'write "assets"'],
    [{ bucket: 'https://assets.fsn1.your-objectstorage.com/app' }, 'write "assets", and the folder into static-prefix'],
    [{ bucket: 'https://assets.eu-central-1.linodeobjects.com' }, 'write "assets"'],
    [{ bucket: 'https://assets.storage.googleapis.com' }, 'write "assets"'],
    [{ bucket: 'https://storage.googleapis.com/assets' }, 'write "assets"'],
    [
      { bucket: 'assets', endpoint: 'https://s3.gra.io.cloud.ovh.net/assets' },
      'write https://s3.gra.io.cloud.ovh.net, and the name into bucket',
    ],
    [
      { bucket: 'assets', endpoint: 'https://storage.googleapis.com/assets' },
      'write https://storage.googleapis.com, and the name into bucket',
    ],
    [{ bucket: 'https://assets.s3.eu-west-1.amazonaws.com/static' }, 'write "assets", and the folder'],
    [{ bucket: 'arn:aws:s3:eu-west-1:123456789012:accesspoint/mine' }, 'is an access point'],
    [
      { bucket: 'assets', endpoint: 'https://nyc3.digitaloceanspaces.com/assets' },
      'write https://nyc3.digitaloceanspaces.com',
    ],
    [{ bucket: 'assets', endpoint: 'https://s3.example.com/api/assets' }, 'write https://s3.example.com/api'],
    [
      { bucket: 'a', endpoint: 'https://a.nyc3.cdn.digitaloceanspaces.com' },
      'write https://nyc3.digitaloceanspaces.com',
    ],
    [{ bucket: 'a', endpoint: 'https://a.s3-website-eu-west-1.amazonaws.com' }, 'leave endpoint empty'],
    [{ bucket: 'a', endpoint: 'https://d111.cloudfront.net' }, 'is an address of CloudFront'],
    [{ bucket: 'a', endpoint: 'https://pub-1.r2.dev' }, 'write https://<account id>.r2.cloudflarestorage.com'],
    [{ encryption: 'aes256' }, 'encryption: "aes256" is not AES256, aws:kms'],
    [{ 'access-key-id': 'ASIA1', 'secret-access-key': 'x' }, 'is a temporary key, and its session token is missing'],
  ])('%j are told at once, with what to write', (given, message) => {
    expect(mistakes(given)).toContain(message);
  });

  test.each<Record<string, string>>([
    { bucket: 'assets.example.com', endpoint: 'https://s3.example.com/api' },
    { bucket: 'a', endpoint: 'https://a.nyc3.digitaloceanspaces.com' },
    { encryption: 'AES256' },
    { encryption: 'aws:kms' },
    { encryption: 'aws:kms:arn:aws:kms:eu-west-1:1:key/2' },
  ])('%j are fine', (given) => {
    expect(mistakes(given)).toBe('');
  });
});

describe('defaults', () => {
  test('are those of action.yml', () => {
    expect(read({})).toMatchObject({
      command: 'auto',
      dryRun: false,
      workingDirectory: '.',
      install: 'auto',
      checks: 'error',
      host: 'none',
      healthPath: '/',
      timeout: 20 * 60_000,
      migrate: 'check',
      concurrency: undefined,
      headers: [],
      compress: 'off',
      prune: 30 * 86_400_000,
      shard: undefined,
      vendor: undefined,
    });
  });

  test('AWS’s own variables are kept apart, because settings count before them', () => {
    expect(read({}, { AWS_REGION: 'eu-west-1' })).toMatchObject({
      region: undefined,
      ambient: { region: 'eu-west-1' },
    });
    expect(read({}, { AWS_DEFAULT_REGION: 'eu-west-2' }).ambient.region).toBe('eu-west-2');
    const both = { AWS_ENDPOINT_URL: 'https://one.example', AWS_ENDPOINT_URL_S3: 'https://s3.example/' };
    expect(read({}, both).ambient.endpoint).toBe('https://s3.example');
    expect(read({}, { ...both, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }).ambient.endpoint).toBeUndefined();
  });

  test.each<[string, string, Record<string, string>, string | undefined]>([
    ['goes with the environment’s own key', 'AKIAOWN', { AWS_ACCESS_KEY_ID: 'AKIAOWN' }, 'token'],
    ['goes with a temporary key that the environment does not name', 'ASIAOWN', {}, 'token'],
    ['does not go with another key', 'AKIAOTHER', { AWS_ACCESS_KEY_ID: 'AKIAOWN' }, undefined],
    ['does not go with a lasting key', 'AKIAOWN', {}, undefined],
  ])('the session token of the environment %s', (_how, key, env, token) => {
    const keys = { 'access-key-id': key, 'secret-access-key': 'secret' };
    expect(read(keys, { ...env, AWS_SESSION_TOKEN: 'token' }).sessionToken?.reveal()).toBe(token);
  });
});

describe('each mistake says what to type', () => {
  test.each<[Record<string, string>, string]>([
    [
      { command: 'publish' },
      'command: "publish" is not one of auto, build, sync, deploy, preview, teardown, rollback, check',
    ],
    [{ 'dry-run': 'yes' }, 'dry-run: "yes" is neither true nor false'],
    [{ comment: 'yes' }, 'comment: "yes" is neither true nor false'],
    [{ rollback: 'yes' }, 'rollback: "yes" is neither true nor false; a release is named with "command: rollback"'],
    [
      { host: 'hook', 'deploy-hook': 'https://e.com/x', 'host-options': 'preview-url: https://pr.e.com' },
      'preview-url "https://pr.e.com" is the same for every pull request; write it like https://pr-{pr}.example.com',
    ],
    [{ timeout: '20' }, 'timeout: "20" is no duration; write it like 90s, 20m, 1h30m or 30d'],
    [{ timeout: '0m' }, 'timeout: "0m" is no duration'],
    [{ 'working-directory': '../other' }, 'working-directory: "../other" leads out of the repository'],
    [{ 'static-dir': 'a/../../b' }, 'static-dir: "a/../../b" leads out'],
    [{ endpoint: 'ftp://x' }, 'endpoint: "ftp://x" is no URL; write it like https://www.example.com'],
    [{ url: 'https://user:pw@example.com' }, 'url: holds a user name or password'],
    [{ url: 'https://example.com/?a=1' }, 'url: has a query or fragment'],
    [{ acl: 'public' }, 'acl: "public" is not one of private, public-read'],
    [{ concurrency: '0' }, 'concurrency: "0" is neither auto nor a number'],
    [{ checks: 'critical' }, 'checks: "critical" is not one of error, warning, off'],
    [{ host: 'netlify' }, 'host: "netlify" is not one of auto, '],
    [{ env: 'just-a-secret-without-a-name' }, 'env: line 1 is not NAME=value'],
    [{ 'host-options': 'method POST' }, 'host-options: line 1 is not "name: value"'],
    [
      { 'static-prefix': '{stage}/static' },
      'static-prefix: {stage} stands for nothing; there are {environment}, {pr}, {sha}, {branch}',
    ],
    [{ 'health-path': 'health' }, 'health-path: "health" does not start with /'],
    [{ command: 'sync', artifact: 'a' }, 'artifact: is what "command: build" made, and "command: sync" takes none'],
    [
      { artifact: 'a', 'build-command': 'make' },
      'build-command: is set beside artifact, which is built already; move it',
    ],
    [{ artifact: 'a', install: 'none' }, 'install: is set beside artifact'],
    [{ 'artifact-format': 'rar' }, 'artifact-format: "rar" is not one of tar.gz, zip'],
    [{ 'access-key-id': 'AKIA' }, 'secret-access-key: is empty, and access-key-id is not'],
    [{ 'secret-access-key': 'x' }, 'access-key-id: is empty, and secret-access-key is not'],
    [{ endpoint: 'nimbus+https://x.example' }, 'endpoint: "nimbus" is not one of the vendors aws, spaces, r2, '],
    [{ endpoint: 'ceph+https://u:p@x.example' }, 'endpoint: holds a user name or password'],
    [{ compress: 'brotli' }, 'compress: "brotli" is not one of off, gzip'],
    [{ prune: '30' }, 'prune: "30" is no duration; write it like 90s, 20m, 1h30m or 30d'],
    [{ prune: '0d' }, 'prune: "0d" is no duration'],
    [{ shard: '3/2', command: 'sync' }, 'shard: "3/2" is no part; write it like 1/4, from 1/n to n/n'],
    [{ shard: '1/2' }, 'shard: is set, and only "command: sync" can be spread over jobs'],
    [
      { headers: '*.html  Cache-Control: no-cache\n*.css no-cache' },
      'headers: "*.css no-cache" is not "glob  Header: value"',
    ],
    [
      { headers: '*  X-Robots-Tag: none' },
      'headers: "*  X-Robots-Tag: none" sets "X-Robots-Tag"; there are Cache-Control',
    ],
    [{ command: 'sync', 'static-dir': 'dist' }, 'bucket: is empty, and "command: sync" asks no project for one'],
    [{ command: 'sync', bucket: 'b' }, 'static-dir: is empty, and so is media-dir'],
    [
      { command: 'sync', bucket: 'b', 'media-dir': 'auto' },
      'media-dir: "auto" is MEDIA_ROOT, and "command: sync" asks',
    ],
    [{ host: 'hook' }, 'deploy-hook: is empty; put the URL into a secret'],
    [{ host: 'hook', 'deploy-hook': 'http://example.com/x' }, 'deploy-hook: uses plain http'],
    [
      { host: 'hook', 'deploy-hook': 'https://e.com/x', 'host-options': 'colour: red' },
      'the deploy hook has no option "colour"; it has method, body',
    ],
    [
      { host: 'render', 'host-token': 'rnd_x' },
      'service: is empty; Render needs service and host-token, or deploy-hook alone',
    ],
    [{ host: 'render', service: 'my-app', 'host-token': 'x' }, 'service: "my-app" is no id of a Render service'],
    [
      { host: 'render', 'deploy-hook': 'https://api.render.com/deploy/exs-1?key=x' },
      'deploy-hook: is the hook of a Blueprint',
    ],
  ])('%j', (given, message) => {
    expect(mistakes(given)).toContain(message);
  });

  test('a line of env that may be a secret is not quoted', () => {
    expect(mistakes({ env: 'hunter2hunter2' })).not.toContain('hunter2');
  });

  test('all of them come out at once', () => {
    const message = mistakes({ command: 'x', timeout: 'y', host: 'hook', checks: 'z' });
    expect(message).toContain('4 mistakes in the inputs of this step');
    for (const name of ['command', 'timeout', 'deploy-hook', 'checks']) expect(message).toContain(`  ${name}: `);
  });
});

describe('variables of the build', () => {
  const lines = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBg==', '-----END PRIVATE KEY-----'];

  test('may have several lines between quotes, as a PEM key has', () => {
    const { env } = read({ env: `A=1\nKEY="${lines.join('\n')}"\nSECRET_KEY=a#b"c=d` });
    const values = Object.entries(env).map(([name, value]) => [name, value.reveal()]);
    expect(values).toEqual([
      ['A', '1'],
      ['KEY', lines.join('\n')],
      ['SECRET_KEY', 'a#b"c=d'],
    ]);
  });

  test('that lack those quotes are one mistake, and no variable by chance', () => {
    const message = mistakes({ env: `KEY=${lines.join('\n')}\nB=2` });
    expect(message).toContain('1 mistake in the inputs');
    expect(message).toContain('env: line 1 begins a value of several lines; put the whole of it between quotes');
    expect(message).not.toContain('MIIE');
  });
});

describe('the endpoint', () => {
  test.each<[string, string | undefined, string]>([
    ['https://s3.example.com', undefined, 'https://s3.example.com'],
    ['s3.example.com', undefined, 'https://s3.example.com'],
    ['ceph+https://s3.example.com/', 'ceph', 'https://s3.example.com'],
    ['minio+http://127.0.0.1:9000', 'minio', 'http://127.0.0.1:9000'],
  ])('%s is of the vendor %p at %s', (given, vendor, endpoint) => {
    expect(read({ endpoint: given })).toMatchObject({ vendor, endpoint });
  });
});

describe('what is to be done with the files', () => {
  test('is read line by line and number by number', () => {
    const headers = '\n# pages\n*.html  Cache-Control: no-cache\n  docs/  content-language:  de \n';
    expect(read({ headers, compress: 'gzip', prune: '90d', concurrency: '64' })).toMatchObject({
      headers: [
        { glob: '*.html', header: 'cacheControl', value: 'no-cache' },
        { glob: 'docs/', header: 'contentLanguage', value: 'de' },
      ],
      compress: 'gzip',
      prune: 90 * 86_400_000,
      concurrency: 64,
    });
  });

  test('leaves old files alone where prune is off', () => {
    expect(read({ prune: 'off' }).prune).toBeUndefined();
  });

  test('is spread over jobs by command: sync, of static files as of media', () => {
    const part = { command: 'sync', bucket: 'b', shard: '2/4' };
    const shard = { index: 2, of: 4 };
    expect(read({ ...part, 'static-dir': 'dist' })).toMatchObject({ shard, staticDir: 'dist', mediaDir: undefined });
    expect(read({ ...part, 'media-dir': 'media' })).toMatchObject({ shard, staticDir: undefined, mediaDir: 'media' });
  });
});

describe('the way back', () => {
  test.each<[Record<string, string>, boolean, string | undefined]>([
    [{}, false, undefined],
    [{ rollback: 'true' }, true, undefined],
    [{ rollback: 'false' }, false, undefined],
    [{ command: 'rollback' }, false, undefined],
    [{ command: 'rollback', rollback: '5ad1c8f0d0d1-40.1' }, false, '5ad1c8f0d0d1-40.1'],
    [{ command: 'rollback', rollback: '5ad1c8f' }, false, '5ad1c8f'],
  ])('of %j', (given, rollback, rollbackTo) => {
    expect(read(given)).toMatchObject({ rollback, rollbackTo });
  });
});

describe('what is said at GitHub', () => {
  test('is said with the token that is given, which never prints, and in a comment unless told otherwise', () => {
    expect(read({})).toMatchObject({ comment: true, githubToken: undefined });
    const inputs = read({ comment: 'false', 'github-token': 'ghs_0123456789' });
    expect(inputs.comment).toBe(false);
    expect(inputs.githubToken?.reveal()).toBe('ghs_0123456789');
    expect(JSON.stringify(inputs)).not.toContain('ghs_');
    expect(secretsOf(inputs, hosts).map(({ value }) => value)).toContain('ghs_0123456789');
  });
});

describe('host: auto', () => {
  test.each<[Record<string, string>, string]>([
    [{ 'deploy-hook': 'https://example.com/hook' }, 'hook'],
    [{ 'deploy-hook': 'https://api.render.com/deploy/srv-1?key=abc' }, 'render'],
    [{ service: 'srv-1', 'host-token': 'rnd_1' }, 'render'],
  ])('%j is %s', (given, host) => {
    expect(read(given).host).toBe(host);
  });
});

describe('a deploy with nobody to ask', () => {
  const parse = (given: Record<string, string>, intent: 'deploy' | 'preview' | null = 'deploy') =>
    parseInputs({ input: (name) => given[name] ?? '', env: {} }, hosts, () => intent ?? undefined);

  test.each<Record<string, string>>([
    {},
    { 'deploy-hook': '' },
    { url: 'https://example.com', 'deploy-hook': '' },
    { bucket: 'site', 'host-token': '' },
    { host: 'auto', 'host-token': 'given-token' },
    { command: 'deploy', 'dry-run': 'true' },
  ])('is a mistake that tells of missing secrets: %j', (given) => {
    const { mistakes } = parse(given);
    expect(mistakes.map(({ input }) => input)).toEqual(['host']);
    expect(mistakes[0]?.message).toMatch(
      /A secret that does not exist is empty: .*"environment:".*secrets: inherit.*host: none/,
    );
  });

  test.each<[Record<string, string>, 'deploy' | 'preview' | null]>([
    [{ host: 'none' }, 'deploy'],
    [{}, null],
    [{}, 'preview'],
    [{ command: 'sync', bucket: 'site', 'static-dir': 'static' }, 'deploy'],
  ])('is none with %j for %s', (given, intent) => {
    expect(parse(given, intent).mistakes).toEqual([]);
  });
});

describe('allowed-origins', () => {
  const mistakesOf = (given: Record<string, string>) =>
    parseInputs({ input: (name) => given[name] ?? '', env: {} }, hosts, () => undefined).mistakes;

  test('are origins as browsers send them, once each, and auto', () => {
    const text = '# live\nauto\nhttps://WWW.example.com/\nhttps://www.example.com\n\nhttps://*.example.com\n';
    expect(read({ 'allowed-origins': text }).allowedOrigins).toEqual([
      'auto',
      'https://www.example.com',
      'https://*.example.com',
    ]);
    expect(read({}).allowedOrigins).toEqual([]);
  });

  test('name every line that is none, with what to write instead', () => {
    expect(mistakesOf({ 'allowed-origins': 'example.com\nauto\nhttps://example.com/static/' })).toEqual([
      { input: 'allowed-origins', message: '"example.com" has no scheme; write https://example.com' },
      {
        input: 'allowed-origins',
        message: '"https://example.com/static/" is more than scheme, host and port; write https://example.com',
      },
    ]);
  });

  test('are named in a sync of folders, which knows no live origin', () => {
    const sync = { command: 'sync', bucket: 'site', 'static-dir': 'static' };
    expect(mistakesOf({ ...sync, 'allowed-origins': 'auto' }).map(({ input }) => input)).toEqual(['allowed-origins']);
    expect(mistakesOf({ ...sync, 'allowed-origins': 'https://www.example.com' })).toEqual([]);
  });
});

describe('secrets', () => {
  const inputs = read({
    'access-key-id': 'access-key',
    'secret-access-key': 'secret-key',
    'host-token': 'token-value',
    'deploy-hook': 'https://example.com/deploy?key=hook-key-value',
    env: 'SECRET_KEY=from-the-env\nDJANGO_SETTINGS_MODULE=config.settings',
    'host-options': 'signature-secret: signing-secret\nheader: X-Api-Key: header-secret',
  });

  test('never print', () => {
    const printed = JSON.stringify(inputs);
    expect(printed).not.toMatch(/access-key"|secret-key"|token-value|hook-key-value|from-the-env/);
    expect(printed).toContain('"token":"***","deployHook":"***"');
  });

  test('missing ones are no mistake in a run that has none', () => {
    expect(read({ host: 'hook' }, {}, true).host).toBe('hook');
    expect(read({ 'access-key-id': 'x' }, {}, true).secretAccessKey).toBeUndefined();
  });
});

test('values are trimmed, and addresses get a scheme and lose their last slash', () => {
  expect(
    read({ bucket: ' b \n', endpoint: 'nyc3.digitaloceanspaces.com/', url: 'https://example.com/' }),
  ).toMatchObject({
    bucket: 'b',
    endpoint: 'https://nyc3.digitaloceanspaces.com',
    url: 'https://example.com',
  });
});

test.each(['endpoint', 'url'] as const)(
  'an address that is none stands for nothing where a check goes on with the mistake: %s',
  (name) => {
    const given: Record<string, string> = { host: 'none', [name]: 'no address' };
    const parsed = parseInputs({ input: (one) => given[one] ?? '', env: {} }, hosts, () => 'deploy');
    expect(parsed.mistakes).toMatchObject([{ input: name }]);
    expect(parsed.inputs[name]).toBeUndefined();
  },
);
