import { execFileSync } from 'node:child_process';
import { describe, expect, jest, test } from '@jest/globals';
import { planStage } from '../../../../src/commands/stages/plan-stage.ts';
import { syncStage } from '../../../../src/commands/stages/upload-stage.ts';
import { readLedger } from '../../../../src/ledger/codec.ts';
import { ledgerKey } from '../../../../src/ledger/keys.ts';
import { createRedactor } from '../../../../src/lib/secret.ts';
import { createRunnerLog } from '../../../../src/runner/runner-log.ts';
import { type HeaderRule, parseRule } from '../../../../src/sync/header-rules.ts';
import { memoryStore } from '../../../support/fakes.ts';
import { production } from '../../../support/ledger.ts';
import { hashedName, tempFolders } from '../../../support/sync.ts';
import { prepareStage as prepare } from '../../../support/sync-stage.ts';

const folder = tempFolders();
const key = ledgerKey(production);

const ledgerIn = (store: ReturnType<typeof memoryStore>) =>
  readLedger(store.objects.get(key)?.body ?? new Uint8Array());

describe('the plan', () => {
  test('is printed, one line a file, with what will be sent and what was left out', async () => {
    const root = await folder({ 'static/a.css': 'x', 'static/b.js': 'y', 'static/b.js.gz': 'z' });
    const store = memoryStore();
    store.seed('static/a.css', 'old');
    const { request, io, log } = await prepare(root, store);
    const { result } = await planStage(request, io);
    expect(result).toBe('2 files compared, 2 files to upload (2 B), 0 unchanged');
    expect(log.lines).toEqual([
      '[Plan of the uploads]',
      's3://memory: 2 files to upload (2 B), 0 unchanged',
      '  changed static/a.css  text/css; charset=utf-8; public, max-age=0, must-revalidate',
      '  new     static/b.js  text/javascript; charset=utf-8; public, max-age=0, must-revalidate',
      '  left out b.js.gz: a compressed twin for servers that choose',
    ]);
    expect(store.puts).toEqual([]);
  });

  test('of a check is counts alone', async () => {
    const { request, io, log } = await prepare(await folder({ 'static/a.css': 'x' }), memoryStore());
    const { result } = await planStage(request, io, 'counts');
    expect(result).toContain('1 file to upload');
    expect(log.lines).toEqual([]);
  });

  test('prints some of very many files, and counts the rest', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => [`static/${index}.css`, 'x']);
    const { request, io, log } = await prepare(await folder(Object.fromEntries(many)), memoryStore());
    await planStage(request, io);
    const printed = log.lines.filter((line) => line.startsWith('  new')).length;
    expect(printed).toBeLessThan(many.length);
    expect(log.lines.at(-1)).toBe(`  and ${many.length - printed} more`);
  });

  test('warns of names that are not made from the content', async () => {
    const name = hashedName('a.css', 'x');
    const root = await folder({ [`static/${name}`]: 'tampered with' });
    const { request, io, recorder } = await prepare(root, memoryStore(), { names: [name] });
    await planStage(request, io);
    expect(recorder.report().warnings).toEqual([expect.stringContaining(name)]);
  });

  test('warns of names that other systems take for one, and both are stored under their own', async () => {
    const [composed, decomposed] = ['caf\u00e9.css', 'cafe\u0301.css'];
    const root = await folder({ [`static/${composed}`]: 'x', [`static/${decomposed}`]: 'y' });
    const store = memoryStore();
    const { sync, recorder } = await prepare(root, store);
    await sync();
    const warning = `Names that Windows and macOS take for the same: ${decomposed} and ${composed}`;
    expect(recorder.report().warnings).toEqual([warning]);
    expect([composed, decomposed].map((name) => store.text(`static/${name}`))).toEqual(['x', 'y']);
    expect((await (await prepare(root, store)).sync()).result).toBe('0 uploads (0 B), 2 unchanged');
  });

  test('has the headers of the rules, and a rule that changes is sent', async () => {
    const root = await folder({ 'static/a.html': 'x', 'static/b.css': 'y' });
    const store = memoryStore();
    const rules = (line: string) => ({ inputs: { headers: [parseRule(line) as HeaderRule] } });
    await (await prepare(root, store, rules('*.html  Cache-Control: no-cache'))).sync();
    expect(store.objects.get('static/a.html')?.headers.cacheControl).toBe('no-cache');
    expect(store.objects.get('static/b.css')?.headers.cacheControl).toBe('public, max-age=0, must-revalidate');
    const { sync } = await prepare(root, store, rules('*.html  Cache-Control: no-store'));
    expect((await sync()).result).toBe('1 upload (1 B), 1 unchanged');
    expect(store.objects.get('static/a.html')?.headers.cacheControl).toBe('no-store');
  });

  test('without a single file is a mistake', async () => {
    const root = await folder({ 'static/a.css': 'x' });
    execFileSync('mkdir', [`${root}/empty`]);
    const { request, io } = await prepare(root, memoryStore(), { folders: [{ folder: 'empty' }] });
    await expect(planStage(request, io)).rejects.toMatchObject({ code: 'COLLECT_FAILED' });
  });

  // The runner obeys "::" at the start of a line and "##[" anywhere in it.
  test('gives the runner no command, whatever files are called', async () => {
    const root = await folder({ 'static/a##[add-mask]e': 'x' });
    execFileSync('mkfifo', [`${root}/static/pipe\n::warning::owned`]);
    const { request, io } = await prepare(root, memoryStore());
    let written = '';
    const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += text;
      return true;
    });
    await planStage(request, { ...io, log: createRunnerLog(createRedactor()) }).finally(() => stdout.mockRestore());
    expect(written).toContain('add-mask');
    const lines = written.split(/\r\n|\r|\n/).filter((line) => !/^::(end)?group::/.test(line));
    expect(lines.filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
  });
});

describe('the upload', () => {
  test('notes what it sends, says when it exchanges files, writes the ledger once, and a second run sends nothing at all', async () => {
    const root = await folder({ 'static/a.css': 'x', 'static/staticfiles.json': '{}' });
    const store = memoryStore();
    const first = await prepare(root, store);
    expect((await first.sync()).result).toBe('2 uploads (3 B), 0 unchanged');
    const note = (kind: string) => expect.stringMatching(new RegExp(`/production/1-1-f{8}\\.${kind}\\.json$`));
    expect(store.puts).toEqual([note('plan'), note('lease'), 'static/a.css', 'static/staticfiles.json', key]);
    expect(first.recorder.report().sync).toMatchObject({ uploaded: 2, bytesUploaded: 3, kept: 0, deleted: 0 });
    const second = await prepare(root, store);
    expect((await second.sync()).result).toBe('0 uploads (0 B), 2 unchanged');
    expect([store.puts.length, store.heads]).toEqual([5, []]);
  });

  test('of nothing writes a new commit into the ledger alone; where it is released, others hear of it before', async () => {
    const root = await folder({ 'static/a.css': 'x' });
    const store = memoryStore();
    await (await prepare(root, store)).sync();
    const putsOf = async (releases: boolean, run: number) => {
      const before = store.puts.length;
      const { request, io, plan } = await prepare(root, store, {
        own: { sha: `c${run}`, release: `c${run}`, run: { id: run, attempt: 1 } },
      });
      await syncStage({ ...request, releases }, (await plan()).value, io);
      return store.puts.slice(before);
    };
    expect(await putsOf(false, 2)).toEqual([key]);
    expect(await putsOf(true, 3)).toEqual([expect.stringMatching(/\.plan\.json$/)]);
  });

  test('that fails tells the ledger what was stored, and ends with the error of the bucket', async () => {
    const root = await folder({ 'static/a.css': 'x', 'static/staticfiles.json': '{}' });
    const cause = new Error('refused');
    const store = memoryStore({ failOn: (path) => (path === 'static/staticfiles.json' ? cause : undefined) });
    const { sync } = await prepare(root, store);
    await expect(sync()).rejects.toBe(cause);
    expect([...(ledgerIn(store)?.objects.keys() ?? [])]).toEqual(['static/a.css']);
  });

  test('that cannot note what it is about to send sends nothing', async () => {
    const name = hashedName('a.css', 'x');
    const root = await folder({ [`static/${name}`]: 'x' });
    const store = memoryStore({ failOn: (path) => new Error(path) });
    const { sync } = await prepare(root, store, { names: [name] });
    await expect(sync()).rejects.toThrow('.plan.json');
  });

  test('that is cancelled ends with the reason, and sends no manifest', async () => {
    const reason = new Error('cancelled');
    const controller = new AbortController();
    const cancel = () => void controller.abort(reason);
    const store = memoryStore({ failOn: (path) => (path === 'static/a.css' ? cancel() : undefined) });
    const { sync } = await prepare(await folder({ 'static/a.css': 'x', 'static/staticfiles.json': '{}' }), store);
    await expect(sync(controller.signal)).rejects.toBe(reason);
    expect(store.objects.has('static/staticfiles.json')).toBe(false);
  });

  test('has the ACL of each folder, and the ledger none', async () => {
    const root = await folder({ 'static/a.css': 'x', 'media/a.jpg': 'x' });
    const store = memoryStore();
    const folders = [{ acl: 'public-read' }, { kind: 'media', acl: 'private' }] as const;
    await (await prepare(root, store, { folders })).sync();
    const acls = ['static/a.css', 'media/a.jpg', key].map((path) => store.objects.get(path)?.acl);
    expect(acls).toEqual(['public-read', 'private', undefined]);
  });
});
