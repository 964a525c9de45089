import { describe, expect, test } from '@jest/globals';
import type { CdnTarget } from '../../../../src/cdn/target.ts';
import { parseTarget } from '../../../../src/cdn/target.ts';
import { purgeChanged, purgeStage, unpurgedKeys } from '../../../../src/commands/stages/purge-stage.ts';
import type { HttpRequest } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { parseRule } from '../../../../src/sync/header-rules.ts';
import { answer, fakeHttp, memoryStore } from '../../../support/fakes.ts';
import { createRun } from '../../../support/run.ts';
import { hashedName, tempFolders } from '../../../support/sync.ts';
import { prepareStage } from '../../../support/sync-stage.ts';

const folder = tempFolders();
const spaces = '19f06b6a-3ace-4315-b086-499a0e521b76';
const cdn = [parseTarget(`digitalocean:${spaces}`) as CdnTarget];
const inputs = { cdn, cdnToken: new Secret('dop_v1_token_of_a_test') };

/** One run after the other over the same bucket: what each of them uploads, and what is then unpurged. */
async function upload(
  store: ReturnType<typeof memoryStore>,
  files: Record<string, string>,
  sha = 'abc',
  run = 1,
  more = {},
) {
  const own = { sha, run: { id: run, attempt: 1 }, release: `${sha}-${run}.1` };
  const names = Object.keys(files).flatMap((path) =>
    /\.[0-9a-f]{12}\./.test(path) ? path.replace('static/', '') : [],
  );
  const stage = await prepareStage(await folder(files), store, { names, inputs, own, ...more });
  await stage.sync();
  return stage;
}

describe('what is unpurged after an upload', () => {
  const first = {
    'static/site.css': 'a',
    [`static/${hashedName('app.js', 'x')}`]: 'x',
    'static/staticfiles.json': '{}',
  };

  test('is nothing in a first upload: no CDN can have an older copy of what was not there', async () => {
    expect(unpurgedKeys([(await upload(memoryStore(), first)).session])).toEqual([]);
  });

  test('is what changed and has no hash in its name, and nothing else', async () => {
    const store = memoryStore();
    await upload(store, first);
    const changed = { 'static/site.css': 'b', [`static/${hashedName('app.js', 'y')}`]: 'y', 'static/new.css': 'n' };
    const { session } = await upload(store, { ...first, ...changed }, 'def', 2);
    expect(unpurgedKeys([session])).toEqual(['static/site.css']);
  });

  test('is what got other headers', async () => {
    const store = memoryStore();
    await upload(store, first);
    const headers = [parseRule('*.css  Cache-Control: public, max-age=60')].filter((rule) => typeof rule !== 'string');
    const { session } = await upload(store, first, 'def', 2, { inputs: { ...inputs, headers } });
    expect(unpurgedKeys([session])).toEqual(['static/site.css']);
  });

  test('is what a run before this one uploaded, whose release was never proven', async () => {
    const store = memoryStore();
    await upload(store, first);
    await upload(store, { ...first, 'static/site.css': 'b' }, 'def', 2);
    const { session } = await upload(store, { ...first, 'static/site.css': 'b' }, 'def', 3);
    expect(unpurgedKeys([session])).toEqual(['static/site.css']);
  });

  test('is nothing where no CDN is named', async () => {
    const store = memoryStore();
    await upload(store, first, 'abc', 1, { inputs: {} });
    const { session } = await upload(store, { ...first, 'static/site.css': 'b' }, 'def', 2, { inputs: {} });
    expect(unpurgedKeys([session])).toEqual([]);
  });
});

/** A run whose CDN answers like this. */
function runAt(reply: (request: HttpRequest) => ReturnType<typeof answer>) {
  const run = createRun({ inputs });
  const http = fakeHttp(reply);
  return { run: { ...run, ports: { ...run.ports, http } }, http, lines: run.lines };
}

const request = { keys: ['static/site.css'], target: undefined, deadline: 0 };

describe('the stage that purges', () => {
  test('asks nobody and shows no stage where there is nothing to purge', async () => {
    const { run, http } = runAt(() => answer(204));
    expect(await purgeStage(run, { ...request, keys: [] })).toBe(true);
    expect([http.requests, run.recorder.report().stages]).toEqual([[], []]);
  });

  test('says in log and report what was purged', async () => {
    const { run, http, lines } = runAt(() => answer(204));
    expect(await purgeStage(run, request)).toBe(true);
    expect(JSON.parse(String(http.requests[0]?.body))).toEqual({ files: ['static/site.css'] });
    expect(run.recorder.report()).toMatchObject({
      cdn: [{ cdn: `digitalocean:${spaces}`, paths: 1, state: 'sent' }],
      stages: [{ name: 'CDN', failed: false, result: `digitalocean:${spaces}: 1 path purged` }],
      warnings: [],
    });
    expect(lines).toContain(`  digitalocean:${spaces}  static/site.css`);
  });

  test('that fails is a warning and a finding with the command to type, and no failure of the run', async () => {
    const { run } = runAt(() => answer(403, '{"id": "forbidden", "message": "You are not authorized"}'));
    expect(await purgeStage(run, request)).toBe(false);
    const { warnings, findings, cdn: told } = run.recorder.report();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('HTTP 403 (You are not authorized)');
    expect(warnings[0]).toContain('The token needs the scope cdn:delete.');
    expect(warnings[0]?.split('\n')[1]).toBe(`doctl compute cdn flush ${spaces} --files static/site.css`);
    expect(findings).toEqual([{ level: 'warning', id: 'deploy.cdn', message: warnings[0] }]);
    expect(told).toMatchObject([{ state: 'failed' }]);
  });

  test('keeps in the ledger that it was done, and only then', async () => {
    const store = memoryStore();
    const files = { 'static/site.css': 'a' };
    await upload(store, files);
    const { session } = await upload(store, { 'static/site.css': 'b' }, 'def', 2);
    const failing = runAt(() => answer(500));
    await purgeChanged(failing.run, [session], undefined, 0);
    await session.save({}, failing.run.ports.signal);
    const again = await upload(store, { 'static/site.css': 'b' }, 'def', 3);
    expect(unpurgedKeys([again.session])).toEqual(['static/site.css']);
    const fine = runAt(() => answer(204));
    await purgeChanged(fine.run, [again.session], undefined, 0);
    await again.session.save({}, fine.run.ports.signal);
    expect(fine.http.requests).toHaveLength(1);
    const last = await upload(store, { 'static/site.css': 'b' }, 'def', 4);
    expect(unpurgedKeys([last.session])).toEqual([]);
  });
});
