import { describe, expect, test } from '@jest/globals';
import { hostsTable, optionsTable, proofsTable, waysTable } from '../../../scripts/docs/hosts-table.ts';
import { inputsSection, inputsTable } from '../../../scripts/docs/inputs-table.ts';
import { checkHost } from '../../../src/hosts/contract/check-host.ts';
import type { HostDefinition } from '../../../src/hosts/contract/host.ts';
import { exampleInputs } from '../../../src/hosts/contract/ways.ts';
import { hosts } from '../../../src/hosts/index.ts';
import { secretsOf } from '../../../src/inputs/secrets.ts';
import { table } from '../../../src/inputs/table.ts';
import { createHostInputs } from '../../support/host-io.ts';
import { readInputs } from '../../support/inputs.ts';

/** What a host's folder exports; it is loaded when it is chosen. */
const quay: HostDefinition = {
  title: 'Quay',
  page: 'hosts/quay.md',
  service: { meaning: 'the name of the app', example: 'harbour', requiredFor: ['deploy', 'preview'] },
  token: { meaning: 'an API token', example: 'quay_example', requiredFor: ['deploy'] },
  options: [
    { name: 'project', example: 'acme', meaning: 'the project of the app', required: true },
    { name: 'api-secret', example: 'sesame', meaning: 'the second half of the token', secret: true },
    { name: 'size', example: 'small', meaning: 'of the machine', choices: ['small', 'large'] },
    { name: 'label', example: 'tier=web', meaning: 'of the app', repeatable: true },
  ],
  artifactFormat: 'zip',
  environ: ['QUAY_REGION'],
  ways: [['service', 'host-token', 'project']],
  matches: ({ token }) => token?.reveal().startsWith('quay_') ?? false,
  check: () => [],
  lacks: () => 'Quay makes none; use another host',
  create: async () => ({
    trigger: async (request, io) => ({ startedAt: io.now(), sha: request.sha }),
    status: async () => ({ phase: 'running', state: 'WAITING' }),
  }),
};

/** The line in hosts/index.ts. */
const withQuay = { ...hosts, quay };
const names = Object.keys(withQuay);
const given = { service: 'harbour', 'host-token': 'quay_1', 'host-options': 'project: acme' };
const read = (inputs: Record<string, string>) =>
  readInputs({ input: (name) => inputs[name] ?? '', env: {} }, withQuay, () => 'deploy');

describe('a host is one folder and one line', () => {
  test('in the choices of the input host, and in host: auto', () => {
    expect(read({ ...given, host: 'quay' }).host).toBe('quay');
    expect(read(given).host).toBe('quay');
    expect(() => read({ host: 'dock' })).toThrow(`"dock" is not one of auto, ${names.join(', ')}, none`);
  });

  test('in action.yml and the table of inputs', () => {
    expect(inputsSection(table, names)).toContain('`hook` (any deploy hook), `quay`, `none`');
    expect(inputsTable(table, names)).toContain('`hook` (any deploy hook), `quay`, `none`');
  });

  test('in the tables of hosts, with what it can do', async () => {
    expect(await hostsTable(withQuay)).toContain('| [`quay`](docs/hosts/quay.md) |  | yes |  |  |  |  |  |  |');
    const row = '| [`quay`](quay.md) | `service` (the name of the app), `host-token` (an API token), `project` |';
    expect(await waysTable(withQuay)).toContain(`${row}  | yes |  |  |  |  |  |`);
    const proofs = proofsTable(
      withQuay,
      () => 'a fake',
      () => '',
    );
    expect(proofs).toContain('| [`quay`](quay.md) | a fake |  |');
  });

  test('in a page with its options and those of every host', () => {
    const page = optionsTable(quay);
    expect(page).toContain('| `project: acme` | the project of the app (required) |');
    expect(page).toContain('| `api-secret: sesame` | the second half of the token (masked) |');
    expect(page).toContain('| `label: tier=web` | of the app (on any number of lines) |');
    expect(page).toContain('| `api-url: https://');
  });

  test.each<[Record<string, string>, string]>([
    [{ service: '' }, 'service: is empty; write the name of the app, for example harbour'],
    [{ 'host-token': '' }, 'host-token: is empty; put an API token into a secret and pass $'],
    [{ 'host-options': '' }, 'host-options: project is missing; write "project: acme"'],
    [{ 'host-options': 'project: a\nproject: b' }, 'host-options: project is on 2 lines; leave one of them'],
    [{ 'host-options': 'project: a\nsize: huge' }, 'host-options: size "huge" is not one of small, large'],
    [
      { 'host-options': 'project: a\ncolour: red' },
      'Quay has no option "colour"; it has project, api-secret, size, label',
    ],
    [{ 'host-options': 'project: a\napi-url: http://x.test' }, 'host-options: api-url uses plain http'],
    [{ 'artifact-format': 'tar.gz' }, 'artifact-format: is tar.gz, and Quay takes zip; leave artifact-format out'],
  ])('in the checks of the inputs: %j', (wrong, message) => {
    expect(() => read({ ...given, host: 'quay', ...wrong })).toThrow(message);
  });

  test('in what is masked and in the format of the artifact', () => {
    const inputs = read({ ...given, 'host-options': 'project: acme\napi-secret: sesame\nlabel: a=b\nlabel: c=d' });
    expect(secretsOf(inputs, withQuay).map(({ value }) => value)).toEqual(['quay_1', 'sesame']);
    expect(inputs.artifactFormat).toBe('zip');
  });
});

/** Hosts whose tokens and ids have no form of their own, so that host: auto cannot know them. */
const withoutForm = ['koyeb'];

describe.each(Object.entries<HostDefinition>(withQuay))('the data of %s', (name, definition) => {
  test.each(definition.ways.map((way) => [way]))('makes a host by %j', async (way) => {
    const inputs = exampleInputs(definition, way);
    expect(checkHost(definition, inputs)).toEqual([]);
    expect(definition.matches(inputs)).toBe(!withoutForm.includes(name));
    expect((await definition.create(inputs)).trigger).toEqual(expect.any(Function));
  });

  test('has examples that its own checks take', () => {
    const options = Object.fromEntries(definition.options.map(({ name, example }) => [name, [example]]));
    const wrong = checkHost(
      definition,
      createHostInputs({ ...exampleInputs(definition, definition.ways[0] ?? []), options }),
    );
    // Some examples do not go together: a body that GET does not send, and release folders beside a command.
    expect(wrong.filter(({ message }) => !/leave out|leave .* out/.test(message))).toEqual([]);
  });
});
