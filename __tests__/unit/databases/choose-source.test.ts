import { describe, expect, test } from '@jest/globals';
import { type ChosenSource, chooseSource } from '../../../src/databases/trusted-sources/choose-source.ts';
import { trustedSources } from '../../../src/databases/trusted-sources/index.ts';
import {
  idForms,
  instanceOf,
  parseSource,
  type SourceName,
} from '../../../src/databases/trusted-sources/source-name.ts';
import { hosts } from '../../../src/hosts/index.ts';
import { parseInputs } from '../../../src/inputs/parse-inputs.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createHostInputs } from '../../support/host-io.ts';

const cluster = '9cc10173-e9ea-4176-9dbc-a4cee4c4ff30';
const server =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acme/providers/Microsoft.DBforMySQL/flexibleServers/site';

describe('trusted-source', () => {
  test('has a form of id for each vendor', () => {
    expect(Object.keys(idForms)).toEqual(Object.keys(trustedSources));
  });

  test.each(Object.entries(idForms).map(([vendor, { example }]) => `${vendor}:${example}`))(
    'takes its own example %s',
    (text) => {
      expect(parseSource(text)).toMatchObject({ vendor: text.slice(0, text.indexOf(':')) });
    },
  );

  test.each([
    `azure:${server}`,
    'rds:sg-0a1b2c3d',
    'cloud-sql:acme-prod:europe-west1:site',
    'cloud-sql:example.com:acme-prod:site',
    'render:dpg-d1a2b3c4d5e6f7g8h9i0',
  ])('takes %s', (text) => {
    expect(parseSource(text)).toMatchObject({ id: text.slice(text.indexOf(':') + 1) });
  });

  test.each([
    ['a cluster alone', cluster, 'does not begin with one of digitalocean, render, rds, azure, cloud-sql'],
    ['a name of a cluster', 'digitalocean:db-prod', 'is not the id of the database cluster'],
    ['an instance of RDS', 'rds:my-database', 'is not the id of the security group'],
    ['a service of Render', 'render:srv-d1a2b3c4', 'is not the id of the Postgres'],
    ['a server by its name', 'azure:site', 'is not the resource id of the flexible server'],
    ['a single server', `azure:${server.replace('flexibleServers', 'servers')}`, 'is not the resource id'],
    ['an instance without project', 'cloud-sql:site', 'is not project and instance'],
    ['a way out of the path', `digitalocean:../../apps`, 'is not the id'],
    ['what every object has', 'constructor:x', 'does not begin with one of'],
  ])('refuses %s', (_, text, why) => {
    expect(parseSource(text)).toContain(why);
  });
});

test.each([
  ['acme-prod:site', { project: 'acme-prod', instance: 'site' }],
  ['acme-prod:europe-west1:site', { project: 'acme-prod', instance: 'site' }],
  ['example.com:acme-prod:site', { project: 'example.com:acme-prod', instance: 'site' }],
])('%s is an instance of Cloud SQL', (id, parts) => {
  expect(instanceOf(id)).toEqual(parts);
});

describe('the credential', () => {
  const name = (text: string) => parseSource(text) as SourceName;
  const hostInputs = createHostInputs({
    token: new Secret('token-of-the-host'),
    options: { 'api-url': ['https://panel.example.com'], 'access-key-id': ['AKIA'] },
  });
  const tokenOf = ({ inputs }: ChosenSource) => inputs.token?.reveal();
  const urlOf = ({ inputs }: ChosenSource) => inputs.options['api-url']?.[0];

  test('is trusted-source-token before all', () => {
    for (const host of ['digitalocean', 'render', 'none']) {
      const chosen = chooseSource(name(`digitalocean:${cluster}`), host, hostInputs, new Secret('own'));
      expect(tokenOf(chosen)).toBe('own');
    }
  });

  test.each([
    [`digitalocean:${cluster}`, 'digitalocean', true],
    [`digitalocean:${cluster}`, 'none', true],
    [`digitalocean:${cluster}`, 'render', false],
    [`digitalocean:${cluster}`, 'coolify', false],
    [`digitalocean:${cluster}`, 'hook', false],
    ['rds:sg-0a1b2c3d', 'ecs', true],
    [`azure:${server}`, 'app-service', true],
  ])('of %s is host-token of the host %s: %p', (text, host, is) => {
    expect(tokenOf(chooseSource(name(text), host, hostInputs, undefined)) !== undefined).toBe(is);
  });

  test('of Azure is no publish profile', () => {
    const profile = createHostInputs({ token: new Secret('<publishData><publishProfile /></publishData>') });
    expect(tokenOf(chooseSource(name(`azure:${server}`), 'app-service', profile, undefined))).toBeUndefined();
  });

  test.each([
    ['digitalocean', true],
    ['hook', true],
    ['ssh', true],
    ['none', true],
    ['coolify', false],
    ['render', false],
  ])('goes to api-url of the host %s: %p', (host, is) => {
    const chosen = chooseSource(name(`digitalocean:${cluster}`), host, hostInputs, new Secret('own'));
    expect(urlOf(chosen)).toBe(is ? 'https://panel.example.com' : undefined);
  });
});

describe('the inputs together', () => {
  const hook = { host: 'hook', 'deploy-hook': 'https://deploy.example.com/x', migrate: 'run' };
  const mistakes = (given: Record<string, string>, hasSecrets = true) =>
    parseInputs({ input: (name) => given[name] ?? '', env: {} }, hosts, () =>
      hasSecrets ? 'deploy' : undefined,
    ).mistakes.map(({ input, message }) => `${input}: ${message}`);
  const source = `digitalocean:${cluster}`;

  test('are right with a source and its token, and options of both', () => {
    const options =
      'ip-service: https://ip.example.com\nregion: eu-central-1\nstatus-url: https://deploy.example.com/s';
    expect(
      mistakes({
        ...hook,
        'trusted-source': source,
        'trusted-source-token': 'dop_v1_x',
        'host-options': 'ip-service: https://ip.example.com',
      }),
    ).toEqual([]);
    expect(
      mistakes({
        ...hook,
        'trusted-source': 'rds:sg-0a1b2c3d',
        'host-options': options.split('\n').slice(0, 2).join('\n'),
      }),
    ).toEqual([]);
  });

  test.each([
    [
      'a token without a source',
      { 'trusted-source-token': 'x' },
      'trusted-source-token: is set, and trusted-source is empty',
    ],
    [
      'a source without a token',
      { 'trusted-source': source },
      'trusted-source-token: is empty; put an API token with database:read and database:update of DigitalOcean',
    ],
    [
      'a secret key without its id',
      { 'trusted-source': 'rds:sg-0a1b2c3d', 'trusted-source-token': 'x' },
      'trusted-source-token: is the secret of an access key',
    ],
    [
      'a service over plain http',
      { 'trusted-source': 'rds:sg-0a1b2c3d', 'host-options': 'ip-service: http://ip.example.com' },
      'host-options: ip-service uses plain http, which shows the answer',
    ],
    [
      'an API over plain http',
      { 'trusted-source': 'rds:sg-0a1b2c3d', 'host-options': 'api-url: http://ec2.example.com' },
      'host-options: api-url uses plain http',
    ],
    [
      'an option of another vendor',
      { 'trusted-source': source, 'trusted-source-token': 'x', 'host-options': 'tenant-id: 1' },
      'has no option "tenant-id"',
    ],
    [
      'an option without a source',
      { 'host-options': 'ip-service: https://ip.example.com' },
      'has no option "ip-service"',
    ],
  ])('%s is a mistake', (_, given, why) => {
    expect(mistakes({ ...hook, ...given })).toEqual([expect.stringContaining(why)]);
  });

  test('without a host the options of the source are checked alone', () => {
    const given = {
      host: 'none',
      migrate: 'run',
      'trusted-source': 'rds:sg-0a1b2c3d',
      'host-options': 'regoin: eu-central-1',
    };
    expect(mistakes(given)).toEqual([expect.stringContaining('AWS has no option "regoin"')]);
  });

  test('a source is of no use where nothing works with the database', () => {
    const given = { host: 'none', 'trusted-source': 'rds:sg-0a1b2c3d' };
    expect(mistakes({ ...given, migrate: 'off' })).toEqual([expect.stringContaining('works with no database')]);
    expect(mistakes({ ...given, migrate: 'run' })).toEqual([]);
  });

  test('a missing token is none where the run gets no secrets', () => {
    expect(mistakes({ ...hook, 'trusted-source': source }, false)).toEqual([]);
  });
});
