import { describe, expect, test } from '@jest/globals';
import { type ProofStageRequest, proofStage } from '../../../../src/commands/stages/proof-stage.ts';
import { answer, fakeLog } from '../../../support/fakes.ts';
import { stageIO } from '../../../support/ledger.ts';
import { fresh, minutes, none, oldPage, required } from '../../../support/proof.ts';
import { request as release, sha } from '../../../support/release.ts';
import { type Reply, site } from '../../../support/site.ts';

const bucket = 'https://bucket.test';
const noHost = { service: undefined, token: undefined, deployHook: undefined, options: {} };
const page = answer(200, `<link rel="stylesheet" href="${bucket}/static/${fresh}">`);
const css = answer(200, '', { 'content-type': 'text/css' });

async function prove(pages: Record<string, Reply>, given: Partial<ProofStageRequest> = {}) {
  const http = site({ [`${bucket}/static/${fresh}`]: css, ...pages });
  const log = fakeLog();
  const io = stageIO({ http, log });
  const found = await proofStage(
    {
      url: 'https://site.test',
      healthPath: '/',
      hostInputs: noHost,
      release,
      expectation: required,
      hostSays: undefined,
      origins: new Set([bucket]),
      deadline: io.clock.now() + minutes,
      ...given,
    },
    io,
  );
  return { ...found, report: { ...io.recorder.report(), ...found.facts }, http, lines: log.lines };
}

describe('the proof', () => {
  test('is in the report, with which evidence counted and when', async () => {
    const { report, result } = await prove({ 'https://site.test/': page });
    expect(report.url).toBe('https://site.test');
    expect(report.proof).toEqual({
      evidence: { kind: 'asset', seen: fresh },
      page: 'https://site.test/',
      at: '2026-03-01T12:00:10.000Z',
      answers: 25,
      assets: 1,
      assetsFound: 1,
      foreignAssets: 0,
      unseen: [],
    });
    expect(result).toBe(`asset: ${fresh}, which only this release has; 1 file of the page checked`);
    expect(report.warnings).toEqual([]);
  });

  test('says so where nothing told the release from the one before', async () => {
    const { value, result } = await prove(
      { 'https://site.test/': oldPage, 'https://site.test/static/app.111111111111.css': css },
      { expectation: none },
    );
    expect(value.evidence).toBeUndefined();
    expect(result).toContain('nothing tells this release from the one before');
  });

  test.each<[string, Record<string, readonly string[]>, Record<string, Reply>]>([
    ['header', { 'proof-header': ['X-Version'] }, { 'https://site.test/': answer(200, '', { 'x-version': sha }) }],
    [
      'path',
      { 'proof-path': ['/version'] },
      { 'https://site.test/': answer(200), 'https://site.test/version': answer(200, sha) },
    ],
    ['body', { 'proof-body': ['v={short-sha}'] }, { 'https://site.test/': answer(200, '<p>v=5ad1c8f</p>') }],
  ])('is looked for in the %s that host-options name', async (_, options, pages) => {
    const { value } = await prove(pages, { hostInputs: { ...noHost, options }, expectation: none });
    expect(value.evidence?.kind).toBe('commit');
  });

  test('warns of files that work and could be better', async () => {
    const icon = '<link rel="icon" href="/favicon.ico">';
    const pages = {
      'https://site.test/': answer(200, icon, { 'x-release': sha }),
      'https://site.test/favicon.ico': answer(200, '', { 'content-type': 'application/octet-stream' }),
    };
    const { report } = await prove(pages);
    expect(report.warnings).toEqual([expect.stringContaining('https://site.test/favicon.ico has the type')]);
  });

  test('warns of files that were broken before or are not the release’s, and does not fail for them', async () => {
    const icon = '<link rel="icon" href="/favicon.ico">';
    const pages = {
      'https://site.test/': answer(200, icon, { 'x-release': sha }),
      'https://site.test/favicon.ico': answer(404),
    };
    const { report, result } = await prove(pages);
    expect(report.warnings).toEqual([expect.stringMatching(/favicon\.ico answers 404.*It is no file of this release/)]);
    expect(report.proof).toMatchObject({ assets: 0, assetsFound: 1 });
    expect(result).toContain('1 file of the page checked, of which 1 does not load');
    const problem = { url: 'https://site.test/favicon.ico', message: 'answers 404', own: 'no' as const };
    const before = { url: undefined, page: undefined, files: { problems: [problem], fine: new Set<string>() } };
    const later = await prove(pages, { before });
    expect(later.report.warnings).toEqual([expect.stringMatching(/It was so before this release/)]);
  });

  test.each<[string, Partial<ProofStageRequest>, string]>([
    ['a page', {}, `Waiting for a page with ${fresh}, or for the commit`],
    ['nothing that is new', { expectation: none }, 'No static file of this release is new to the page, so only'],
    ['the page of a host', { hostSays: 'Render says it is live' }, 'Render says it is live. Waiting for the page'],
  ])('says in plain words that it waits for %s', async (_, given, words) => {
    const { lines } = await prove({ 'https://site.test/': page }, given);
    expect(lines.find((line) => line.includes(words))).toBeDefined();
  });

  test('that fails leaves no proof in the report', async () => {
    await expect(prove({ 'https://site.test/': oldPage })).rejects.toMatchObject({ code: 'NOT_PROVEN' });
  });
});
