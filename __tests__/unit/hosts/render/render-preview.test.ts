import { describe, expect, test } from '@jest/globals';
import { createReleaseRequest } from '../../../support/host-io.ts';
import { failure, meet, previewId, previewOf, service, sha, startedAt } from '../../../support/render-preview.ts';

const older = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';
const minute = 60_000;

describe('the preview service', () => {
  test('is asked for by its name, among previews, in the workspace of the service', async () => {
    const { preview, io } = meet({ listed: [previewOf()] });
    expect(await preview.url?.(io)).toBe('https://harbour-pr-7.onrender.com');
    const query = new URL(io.requests[1]?.url ?? '').searchParams;
    expect(Object.fromEntries(query)).toEqual({
      name: 'harbour PR #7',
      ownerId: 'tea-1',
      includePreviews: 'true',
      limit: '20',
    });
  });

  test.each<[string, object]>([
    ['of another pull request', previewOf({ name: 'harbour PR #71' })],
    ['of another service of that name', previewOf({ serviceDetails: { parentServer: { id: 'srv-other' } } })],
    ['that is no preview', previewOf({ serviceDetails: {} })],
    ['that is the service itself', previewOf({ id: service })],
  ])('is none %s, which is neither deployed to nor deleted', async (_name, listed) => {
    const { preview, io, changes } = meet({ listed: [listed] });
    expect(await preview.url?.(io)).toBeUndefined();
    await preview.trigger(createReleaseRequest(), io);
    expect(await preview.destroy(createReleaseRequest(), io)).toMatchObject({ outcome: 'gone' });
    expect(changes()).toEqual([]);
  });
});

describe('a service built from git', () => {
  test.each(['created', 'build_in_progress', 'live', 'deactivated'])(
    'whose preview has a deploy of the commit that is %s is followed to that',
    async (status) => {
      const createdAt = '2026-03-01T11:58:30Z';
      const deploys = [{ id: 'dep-2', status, commit: { id: sha }, createdAt }];
      const { preview, io, changes } = meet({ listed: [previewOf()], deploys });
      // Its log began when it did.
      expect(await preview.trigger(createReleaseRequest(), io)).toEqual({
        id: 'dep-2',
        sha,
        startedAt: Date.parse(createdAt),
      });
      expect(changes()).toEqual([]);
    },
  );

  test('whose deploy of the commit was overtaken is not deployed again over the newer one', async () => {
    const deploys = [
      { id: 'dep-3', status: 'live', commit: { id: older } },
      { id: 'dep-2', status: 'canceled', commit: { id: sha } },
    ];
    const { preview, io, changes } = meet({ listed: [previewOf()], deploys });
    expect(await preview.trigger(createReleaseRequest(), io)).toMatchObject({ id: 'dep-2' });
    expect(changes()).toEqual([]);
  });

  test.each<[string, object[]]>([
    ['is idle on another commit', [{ id: 'dep-1', status: 'live', commit: { id: older } }]],
    ['failed the commit last', [{ id: 'dep-2', status: 'build_failed', commit: { id: sha } }]],
    ['was cancelled at the commit', [{ id: 'dep-2', status: 'canceled', commit: { id: sha } }]],
    ['has no deploy at all', []],
  ])('whose preview %s is asked for the commit', async (_name, deploys) => {
    const { preview, io, changes } = meet({ listed: [previewOf()], deploys });
    expect(await preview.trigger(createReleaseRequest(), io)).toEqual({ id: 'dep-8', sha, startedAt });
    expect(changes()).toMatchObject([{ url: `https://api.render.com/v1/services/${previewId}/deploys` }]);
    expect(JSON.parse(String(changes()[0]?.body))).toEqual({ commitId: sha });
  });

  test('waits for a preview that Render has yet to make', async () => {
    const { preview, io, changes } = meet({});
    expect(await preview.check?.(io)).toEqual([]);
    expect(await preview.trigger(createReleaseRequest(), io)).toEqual({ sha, startedAt });
    expect(await preview.status?.({ sha, startedAt }, io)).toEqual({ phase: 'queued' });
    expect(await preview.url?.(io)).toBeUndefined();
    expect(changes()).toEqual([]);
  });

  test('then finds the deploy of the commit in it', async () => {
    const deploys = [{ id: 'dep-2', status: 'live', commit: { id: sha } }];
    const { preview, io } = meet({ listed: [previewOf()], deploys });
    expect(await preview.status?.({ sha, startedAt }, io)).toEqual({
      phase: 'live',
      commit: sha,
      id: 'dep-2',
      logUrl: `https://dashboard.render.com/web/${previewId}/deploys/dep-2`,
    });
  });

  test('whose preview goes while it is deployed to has not failed in silence', async () => {
    const { preview, io } = meet({});
    expect(await preview.status?.({ id: 'dep-2', sha, startedAt }, io)).toMatchObject({ phase: 'cancelled' });
  });

  test.each<[object, string, string]>([
    [{ serviceDetails: { previews: { generation: 'off' } } }, 'are switched off', 'Pull Request Previews to Automatic'],
    [{ serviceDetails: { pullRequestPreviewsEnabled: 'no' } }, 'are switched off', 'generation: automatic'],
    [{}, 'are switched off', 'In the dashboard'],
  ])('that is %j makes none, which is said with the switch before anything is built', async (base, message, hint) => {
    const { preview, io, changes } = meet({ base });
    for (const asked of [preview.check?.(io), preview.trigger(createReleaseRequest(), io)]) {
      const error = await failure(Promise.resolve(asked));
      expect(error).toMatchObject({ code: 'HOST_REFUSED', hint: expect.stringContaining(hint) });
      expect(error.message).toContain(message);
    }
    expect(changes()).toEqual([]);
  });

  test('whose previews were switched off after this one was made keeps it', async () => {
    const { preview, io } = meet({ base: {}, listed: [previewOf()] });
    expect(await preview.check?.(io)).toEqual([]);
    expect(await preview.trigger(createReleaseRequest(), io)).toMatchObject({ id: 'dep-8' });
  });

  test('whose previews have to be asked for is warned of while there is none', async () => {
    const base = { serviceDetails: { previews: { generation: 'manual' } } };
    const { preview, io } = meet({ base });
    expect(await preview.check?.(io)).toEqual([expect.stringContaining('the label "render-preview"')]);
    const made = meet({ base, listed: [previewOf()] });
    expect(await made.preview.check?.(made.io)).toEqual([]);
  });

  test.each<[object, string]>([
    [{ serviceDetails: { previews: { generation: 'manual' } } }, 'the label "render-preview"'],
    [{ serviceDetails: { pullRequestPreviewsEnabled: 'yes' } }, 'a skip phrase in the title'],
    [{}, 'set Pull Request Previews to Automatic'],
  ])('of %j whose preview does not come in five minutes is given up with what to do', async (base, hint) => {
    const { preview, io } = meet({ base });
    const early = preview.status?.({ sha, startedAt: startedAt - 4 * minute }, io);
    expect(await early).toEqual({ phase: 'queued' });
    const late = Promise.resolve(preview.status?.({ sha, startedAt: startedAt - 6 * minute }, io));
    expect(await failure(late)).toMatchObject({ code: 'HOST_REFUSED', hint: expect.stringContaining(hint) });
  });
});

test('an image that is named for a service built from git is refused', async () => {
  const { preview, io, changes } = meet({ listed: [previewOf()] }, 'ghcr.io/acme/harbour:{sha}');
  for (const asked of [preview.check?.(io), preview.trigger(createReleaseRequest(), io)]) {
    expect(await failure(Promise.resolve(asked))).toMatchObject({ code: 'INVALID_INPUTS' });
  }
  expect(changes()).toEqual([]);
});
