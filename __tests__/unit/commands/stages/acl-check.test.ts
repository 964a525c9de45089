import { describe, expect, test } from '@jest/globals';
import type { Acl } from '../../../../src/store/acl.ts';
import { type MemoryObject, memoryStore, never } from '../../../support/fakes.ts';
import { openAt, stored } from '../../../support/ledger.ts';
import { hashedName, tempFolders } from '../../../support/sync.ts';
import { prepareStage } from '../../../support/sync-stage.ts';

const folder = tempFolders();
const byAcl = ({ acl }: MemoryObject) => acl === 'public-read';

/** What a run warns of that sends one file of each kind with this ACL. */
async function warnings(acl: Acl | undefined, isPublic: (object: MemoryObject) => boolean, kind: 'static' | 'media') {
  const root = await folder({ [`${kind}/a.txt`]: 'x' });
  const { sync, recorder } = await prepareStage(root, memoryStore({ isPublic }), { folders: [{ kind, acl }] });
  await sync();
  return recorder.report().warnings;
}

describe('a bucket that does not do what ACLs say', () => {
  test.each([
    ['static', 'acl'],
    ['media', 'media-acl'],
  ] as const)('keeps public files to itself, and a warning says so: %s', async (kind, input) => {
    expect(await warnings('public-read', () => false, kind)).toEqual([
      expect.stringMatching(new RegExp(`^${input} is "public-read", and nobody but you can read ${kind}/a.txt`)),
    ]);
  });

  test('shows private static files to everybody, and a warning says so; of media it is an error elsewhere', async () => {
    expect(await warnings('private', () => true, 'static')).toEqual([
      expect.stringMatching(/^acl is "private", and anybody can read static\/a.txt/),
    ]);
    expect(await warnings('private', () => true, 'media')).toEqual([]);
  });
});

describe('no warning there is', () => {
  test.each<[string, Acl | undefined, (object: MemoryObject) => boolean]>([
    ['where public files are public', 'public-read', byAcl],
    ['where private files are private', 'private', byAcl],
    ['where no ACL is wanted, of public files', undefined, () => true],
    ['where no ACL is wanted, of private files', undefined, () => false],
    ['of an ACL for some people', 'authenticated-read', () => false],
  ])('%s', async (_where, acl, isPublic) => {
    expect(await warnings(acl, isPublic, 'static')).toEqual([]);
  });

  test('where nothing was sent', async () => {
    const root = await folder({ 'static/a.txt': 'x' });
    const store = memoryStore({ isPublic: byAcl });
    const folders = [{ acl: 'public-read' }] as const;
    await (await prepareStage(root, store, { folders })).sync();
    const asked: string[] = [];
    const isPublic = async (key: string) => asked.push(key) > 0;
    const { sync } = await prepareStage(root, { ...store, isPublic }, { folders });
    await sync();
    expect(asked).toEqual([]);
  });

  test('of a file that was not sent, because a newer release overtook the run', async () => {
    const name = hashedName('z.css', 'x');
    const root = await folder({ 'static/0.html': 'x', [`static/${name}`]: 'x' });
    const store = memoryStore({ isPublic: byAcl });
    const folders = [{ acl: 'public-read' }] as const;
    const { sync, recorder } = await prepareStage(root, store, { folders, names: [name] });
    const newer = await openAt(store, 'newer', 2);
    await newer.save({ objects: new Map([['static/new.css', stored('new')]]) }, never);
    expect((await sync()).value).toMatchObject({ overtaken: true, uploaded: 1 });
    expect(recorder.report().warnings).toEqual([]);
  });
});
