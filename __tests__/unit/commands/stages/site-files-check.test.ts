import { describe, expect, test } from '@jest/globals';
import { filesOf } from '../../../../src/commands/stages/sample-file.ts';
import { askSite, siteFilesStage } from '../../../../src/commands/stages/site-files-check.ts';
import { HttpError } from '../../../../src/core/http-error.ts';
import type { HttpResponse } from '../../../../src/core/ports.ts';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import { emptyLedger } from '../../../../src/ledger/ledger.ts';
import type { Outcome } from '../../../../src/project/django/outcome.ts';
import type { ProjectSettings } from '../../../../src/project/django/settings-shape.ts';
import { planSync } from '../../../../src/sync/sync-plan.ts';
import { answer, fakeHttp, memoryStore, never } from '../../../support/fakes.ts';
import { openAt, past } from '../../../support/ledger.ts';
import { bucket, storages } from '../../../support/preflight.ts';
import { createRun } from '../../../support/run.ts';
import { createSettings } from '../../../support/settings.ts';
import { remoteOf, scanned, syncSource } from '../../../support/sync.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const site = 'https://www.example.com';
const files = filesOf(planSync([syncSource([scanned('app.css', 'body {}')])], remoteOf(), emptyLedger), 'static');
const url = `${site}/static/app.css`;

async function ask(settings: Partial<ProjectSettings> = {}, inputs: Partial<Inputs> = {}, store = memoryStore()) {
  const project = createSettings({ static_storage: storages.hashed, ...settings });
  const request = { session: await openAt(store, sha, 2) };
  const given = { files, site, bucket, prefix: 'static/' };
  return askSite(createRun({ inputs, store }), { outcome: { project } as Outcome }, request, given);
}

const look = async (reply: HttpResponse | Error) => {
  const request = await ask();
  if (!request) throw new Error('It should be asked.');
  const http = fakeHttp(() => reply);
  const { recorder } = createRun();
  const { result } = await siteFilesStage(request, { http, signal: never, recorder, options: {} });
  return { result, warnings: recorder.report().warnings };
};

describe('a first deploy whose pages ask the app for files that are in the bucket', () => {
  test.each<[string, HttpResponse | Error]>([
    ['answers 404', answer(404)],
    ['answers 502', answer(502)],
    ['answers with something else', answer(200, 'Welcome, page of the host')],
    ['does not answer', new HttpError('refused', 'connect ECONNREFUSED')],
  ])('is warned where the site %s, and the warning has the whole line to write', async (how, reply) => {
    const { result, warnings } = await look(reply);
    expect(result).toBe(`${url} ${how}, and the files are in the bucket`);
    expect(warnings).toEqual([
      expect.stringContaining(`${url} ${how}. Write STATIC_URL = "https://assets.nyc3.digitaloceanspaces.com/static/"`),
    ]);
  });

  test('goes on where something leads that address to the files', async () => {
    expect(await look(answer(200, 'body {}'))).toEqual({ result: `${url} can be read`, warnings: [] });
  });
});

describe('the site is not asked', () => {
  test.each<[string, Partial<ProjectSettings>, Partial<Inputs>]>([
    ['where STATIC_URL is an address', { static_url: 'https://cdn.example/static/' }, {}],
    ['where WhiteNoise serves the files', { whitenoise: true }, {}],
    ['where the storage makes addresses of its own', { static_storage: storages.remote }, {}],
    [
      'where a variable may change STATIC_URL',
      { assigned: { STATIC_URL: { file: 'a', line: 1, literal: false, variables: [] } } },
      {},
    ],
    ['where the finding is silenced', { silenced: ['deploy.static-url'] }, {}],
    ['where checks are off', {}, { checks: 'off' }],
  ])('%s', async (_why, settings, inputs) => {
    expect(await ask(settings, inputs)).toBeUndefined();
  });

  test('once something is live', async () => {
    const store = memoryStore();
    await past(store, { sha: '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011', files: [], live: true });
    expect(await ask({}, {}, store)).toBeUndefined();
  });
});
