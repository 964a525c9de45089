import { expect, test } from '@jest/globals';
import { readableBefore, stillReadable } from '../../../../src/commands/stages/acl-before.ts';
import { syncStage } from '../../../../src/commands/stages/upload-stage.ts';
import type { Acl } from '../../../../src/store/acl.ts';
import type { ObjectStore } from '../../../../src/store/store.ts';
import { memoryStore, never } from '../../../support/fakes.ts';
import { md5 } from '../../../support/md5.ts';
import { tempFolders } from '../../../support/sync.ts';
import { prepareStage } from '../../../support/sync-stage.ts';

const folder = tempFolders();

/** A bucket with an older `a.css`, public by its ACL. */
async function bucketWith(acl: Acl | undefined, isPublic: boolean) {
  const store = memoryStore({ isPublic: (object) => isPublic || (object.acl?.startsWith('public') ?? false) });
  const headers = { contentType: 'text/css; charset=utf-8', cacheControl: '' };
  const body = Buffer.from('old');
  await store.put({ key: 'static/a.css', body, md5: md5('old'), headers, acl }, never);
  return store;
}

async function stageOf(store: ObjectStore, acl?: Acl) {
  const root = await folder({ 'static/a.css': 'new', 'static/b.css': 'b' });
  const { request, io, plan } = await prepareStage(root, store, { folders: [{ kind: 'static', acl }] });
  return { request, io, plan: (await plan()).value };
}

test('a public object is not overwritten without an ACL, and nothing is sent', async () => {
  const store = await bucketWith('public-read', false);
  const { request, plan, io } = await stageOf(store);
  await expect(syncStage(request, plan, io)).rejects.toMatchObject({
    code: 'INVALID_INPUTS',
    message: expect.stringContaining('static/a.css by its ACL'),
    hint: expect.stringContaining('acl: public-read'),
  });
  expect(store.objects.get('static/a.css')?.acl).toBe('public-read');
});

test.each([
  ['a policy of the bucket makes it public', undefined, true, undefined],
  ['it is private', undefined, false, undefined],
  ['an ACL is sent', 'public-read', false, 'public-read'],
] as const)('nothing is said if %s', async (_when, old, isPublic, acl) => {
  const { request, plan, io } = await stageOf(await bucketWith(old, isPublic), acl);
  expect(await readableBefore(request, plan, io)).toEqual([]);
});

test('what was public for a reason that cannot be read is asked for again after the upload', async () => {
  const store = { ...(await bucketWith('public-read', false)), grantsPublic: async () => undefined };
  const { request, plan, io } = await stageOf(store);
  const keys = await readableBefore(request, plan, io);
  expect(keys).toEqual(['static/a.css']);
  await expect(stillReadable(keys, request, io)).resolves.toBeUndefined();
  await expect(
    stillReadable(keys, { ...request, store: { ...store, isPublic: async () => false } }, io),
  ).rejects.toMatchObject({
    code: 'UPLOAD_FAILED',
  });
});
