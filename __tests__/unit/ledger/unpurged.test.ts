import { describe, expect, test } from '@jest/globals';
import { memoryStore, never } from '../../support/fakes.ts';
import { openAt, stored } from '../../support/ledger.ts';

/** What the ledger remembers of files of which a CDN may have an older copy. */
const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string];
const unpurged = stored('y', { unpurged: true });

const keysIn = ({ before }: Awaited<ReturnType<typeof openAt>>) =>
  [...before.objects].flatMap(([key, row]) => (row.unpurged ? key : []));

describe('a file that is unpurged', () => {
  test('stays so in the bucket’s ledger until a run says that it was purged', async () => {
    const store = memoryStore();
    await (await openAt(store, one, 1)).save({ objects: new Map([['a.css', unpurged]]) }, never);
    expect(keysIn(await openAt(store, two, 2))).toEqual(['a.css']);
    // The next release has the file as it is.
    await (await openAt(store, two, 2)).save({ objects: new Map([['a.css', stored('y')]]) }, never);
    expect(keysIn(await openAt(store, three, 3))).toEqual(['a.css']);
    await (await openAt(store, three, 3)).save({ purged: new Set(['a.css']) }, never);
    expect(keysIn(await openAt(store, three, 3))).toEqual([]);
  });

  test('and purged in one run is written once, as if nothing had been', async () => {
    const store = memoryStore();
    const session = await openAt(store, one, 1);
    session.keep({ objects: new Map([['a.css', unpurged]]) });
    session.keep({ purged: new Set(['a.css']) });
    await session.save({}, never);
    expect(keysIn(await openAt(store, two, 2))).toEqual([]);
  });

  test('beside marks of other kinds keeps them', async () => {
    const store = memoryStore();
    const media = stored('y', { unpurged: true, media: true, etag: 'e-2' });
    await (await openAt(store, one, 1)).save({ objects: new Map([['m.png', media]]) }, never);
    const { before } = await openAt(store, two, 2);
    expect(before.objects.get('m.png')).toMatchObject({ media: true, unpurged: true, etag: 'e-2' });
  });
});
