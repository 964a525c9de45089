import { describe, expect, test } from '@jest/globals';
import { addressFindings, collectFindings } from '../../../../src/commands/stages/address-findings.ts';
import type { BuildStage } from '../../../../src/commands/stages/build-stage.ts';
import type { HostDefinition } from '../../../../src/hosts/contract/host.ts';
import { hosts } from '../../../../src/hosts/index.ts';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import type { Destination } from '../../../../src/plan/destination.ts';
import type { Outcome } from '../../../../src/project/django/outcome.ts';
import { createInputs } from '../../../support/fakes.ts';
import { createHarbour } from '../../../support/harbour.ts';
import { storages } from '../../../support/preflight.ts';
import { createRun } from '../../../support/run.ts';
import { createSettings } from '../../../support/settings.ts';

const url = 'https://shop.onrender.com';
const allowed_hosts = ['127.0.0.1'];

interface Given {
  readonly inputs?: Partial<Inputs>;
  readonly outcome?: Partial<Outcome>;
  readonly host?: Partial<HostDefinition>;
  readonly url?: string | undefined;
}

function find(given: Given = {}) {
  const project = createSettings({ allowed_hosts, proxy_ssl_header: false, csrf: true, ...given.outcome?.project });
  const outcome = { failures: [], ...given.outcome, project };
  const run = createRun({ inputs: given.inputs ?? {}, harbour: createHarbour(given.host) });
  const built = { outcome, workspace: '/work/repo' } as unknown as BuildStage;
  addressFindings(run, built, { url: 'url' in given ? given.url : url, page: undefined });
  return run.recorder.report().findings.map(({ level, id }) => [level, id]);
}

test('an address that only the host tells is compared with the settings, and what they lack is a warning', () => {
  expect(find()).toEqual([
    ['warning', 'deploy.allowed-hosts'],
    ['warning', 'deploy.csrf-origins'],
  ]);
});

test.each<[string, Given]>([
  ['the input url names it, so that the preflight looked', { inputs: { url } }],
  ['nobody knows it', { url: undefined }],
  ['the host sets variables of its own for it', { host: { variables: () => ({}) } }],
  ['checks are off', { inputs: { checks: 'off' } }],
])('nothing is said where %s', (_why, given) => {
  expect(find(given)).toEqual([]);
});

describe('that the host has to collect, too,', () => {
  const names = new Set(['app.5af66c1b1797.css']);
  const target = {
    static: { prefix: 'static/' },
    bucket: { name: 'assets', endpoint: 'https://s3.test' },
  } as Destination;
  const saidWith = (page: string | undefined, given: Given = {}) => {
    const project = createSettings({ static_storage: storages.hashed, whitenoise: false, ...given.outcome?.project });
    const run = createRun({ inputs: given.inputs ?? {}, harbour: createHarbour(given.host) });
    const built = { outcome: { failures: [], project }, workspace: '/work/repo', names } as unknown as BuildStage;
    const asked = given.inputs?.host === 'hook' ? { ...run, ports: { ...run.ports, hosts } } : run;
    collectFindings(asked, built, target, { url, page });
    return run.recorder.report().findings.map(({ level, id }) => [level, id]);
  };
  const told = [['notice', 'deploy.host-collectstatic']];
  const page = (name: string) => `<link rel="stylesheet" href="https://s3.test/assets/static/${name}">`;

  test.each([
    ['there is no page yet', undefined],
    ['the page names no file of the manifest', page('app.css')],
    ['the page names files of somebody else', page('other.0123456789ab.css')],
  ])('is said as long as %s', (_when, body) => {
    expect(saidWith(body)).toEqual(told);
  });

  test.each([
    ['of this release', page('app.5af66c1b1797.css')],
    ['of the release before', page('app.111111111111.css')],
  ])('is not said again where the page has names out of the manifest %s', (_which, body) => {
    expect(saidWith(body)).toEqual([]);
  });

  test.each([
    ['gets the artifact', '{"artifact": "{artifact-path}"}', []],
    ['gets the commit alone', '{"sha": "{sha}"}', told],
  ])('is said of a hook by what it gets: one that %s', (_what, body, said) => {
    const hostInputs = { ...createInputs().hostInputs, options: { body: [body] } };
    expect(saidWith(undefined, { inputs: { host: 'hook', hostInputs } })).toEqual(said);
  });

  test('is not said where it is silenced', () => {
    const project = { ...createSettings({ silenced: ['deploy.host-collectstatic'] }), static_storage: storages.hashed };
    expect(saidWith(undefined, { outcome: { project } })).toEqual([]);
  });
});
