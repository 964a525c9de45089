import { describe, expect, test } from '@jest/globals';
import type { HostDefinition } from '../../../src/hosts/contract/host.ts';
import { exampleInputs } from '../../../src/hosts/contract/ways.ts';
import { hosts } from '../../../src/hosts/index.ts';
import { chooseHost } from '../../../src/inputs/choose-host.ts';
import { parseInputs } from '../../../src/inputs/parse-inputs.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createHostInputs } from '../../support/host-io.ts';

/** A host that knows its service by its beginning. */
const quay = (start: string, files: readonly string[]): HostDefinition => ({
  title: start,
  page: 'hosts/quay.md',
  service: { meaning: 'the app', example: `${start}-1` },
  token: { meaning: 'a token', example: 'token' },
  options: [],
  ways: [['service']],
  files,
  matches: ({ service, token }) =>
    (service?.startsWith(start) ?? false) || (token?.reveal().startsWith('both') ?? false),
  check: () => [],
  lacks: () => undefined,
  create: () => {
    throw new Error('not here');
  },
});
const some = {
  pier: quay('pier', ['pier.toml']),
  dock: quay('dock', ['dock.json', '.dock/app.yaml']),
  hook: hosts.hook,
};
const has =
  (...files: string[]) =>
  (path: string) =>
    files.includes(path);
const nothing = has();

describe('host: auto', () => {
  test('is the host whose service or token it is, and says by which input', () => {
    expect(chooseHost(createHostInputs({ service: 'dock-1' }), some, nothing)).toEqual({ host: 'dock', by: 'service' });
  });

  test('is any hook where the URL is of no host that is known, whatever files there are', () => {
    const inputs = createHostInputs({ deployHook: new Secret('https://x.test/hook') });
    expect(chooseHost(inputs, some, has('pier.toml'))).toEqual({ host: 'hook', by: 'deploy-hook' });
  });

  test('is found by a file of the checkout where the inputs do not say', () => {
    const inputs = createHostInputs({ token: new Secret('token') });
    expect(chooseHost(inputs, some, has('.dock/app.yaml'))).toEqual({
      host: 'dock',
      by: '.dock/app.yaml in the checkout',
    });
  });

  test('is nobody where no credential is given, as in a step that builds only', () => {
    expect(chooseHost(createHostInputs(), some, has('pier.toml'))).toBeUndefined();
    expect(chooseHost(createHostInputs({ token: new Secret('token') }), some, nothing)).toBeUndefined();
  });

  test('is left open between several, unless a file of one of them is there', () => {
    const inputs = createHostInputs({ token: new Secret('both') });
    expect(chooseHost(inputs, some, nothing)).toEqual({ among: ['pier', 'dock'], by: 'the inputs' });
    expect(chooseHost(inputs, some, has('pier.toml'))).toEqual({ host: 'pier', by: 'pier.toml in the checkout' });
    expect(chooseHost(inputs, some, has('pier.toml', 'dock.json'))).toEqual({
      among: ['pier', 'dock'],
      by: 'pier.toml, dock.json',
    });
  });

  test('that is open is a mistake with what to write, and the only one about the host', () => {
    const given: Record<string, string> = { 'host-token': 'both' };
    const read = (exists: (path: string) => boolean) =>
      parseInputs({ input: (name) => given[name] ?? '', env: {} }, some, () => 'deploy', exists);
    expect(read(nothing).mistakes).toEqual([
      {
        input: 'host',
        message: 'is auto, and the inputs can be of pier and dock; write "host: pier" or "host: dock"',
      },
    ]);
    expect(read(has('dock.json')).foundHost).toBe('host: auto is dock, by dock.json in the checkout');
  });

  test('looks in the working directory, and at the top of the repository', () => {
    const given: Record<string, string> = { 'host-token': 'token', 'working-directory': 'site' };
    const read = (path: string) =>
      parseInputs({ input: (name) => given[name] ?? '', env: {} }, some, () => 'deploy', has(path)).inputs.host;
    expect(read('site/pier.toml')).toBe('pier');
    expect(read('pier.toml')).toBe('pier');
    expect(read('other/pier.toml')).toBe('auto');
  });
});

describe('a file of the checkout', () => {
  const rows = Object.entries<HostDefinition>(hosts).flatMap(([name, { files = [] }]) =>
    files.map((file) => [file, name]),
  );

  test.each(rows)('%s is of %s', (file = '', host = '') => {
    const inputs = createHostInputs({ token: new Secret('a token that no host knows by its form') });
    expect(chooseHost(inputs, hosts, has(file))).toEqual({ host, by: `${file} in the checkout` });
  });

  test.each([
    ['two clouds', ['app.yaml', '.elasticbeanstalk/config.yml'], ['app-engine', 'elastic-beanstalk']],
    ['two services of one cloud', ['app.yaml', 'service.yaml'], ['app-engine', 'cloud-run']],
    ['a cloud and another host', ['azure.yaml', 'fly.toml'], ['app-service', 'fly']],
  ])('of %s each leaves the choice', (_, files, among) => {
    const inputs = createHostInputs({ service: 'shop' });
    expect(chooseHost(inputs, hosts, has(...files))).toEqual({ among, by: expect.stringContaining(files[0] ?? '') });
  });
});

describe.each(Object.entries<HostDefinition>(hosts))('the examples of %s', (name, definition) => {
  test.each(definition.ways.map((inputs) => [inputs]))('by %j are never taken for another host', (inputs) => {
    const choice = chooseHost(exampleInputs(definition, inputs), hosts, nothing);
    if (choice) expect('among' in choice ? choice.among : [choice.host]).toContain(name);
  });
});
