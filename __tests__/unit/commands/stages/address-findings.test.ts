import { expect, test } from '@jest/globals';
import { addressFindings } from '../../../../src/commands/stages/address-findings.ts';
import type { BuildStage } from '../../../../src/commands/stages/build-stage.ts';
import type { HostDefinition } from '../../../../src/hosts/contract/host.ts';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import type { Outcome } from '../../../../src/project/django/outcome.ts';
import { createHarbour } from '../../../support/harbour.ts';
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
