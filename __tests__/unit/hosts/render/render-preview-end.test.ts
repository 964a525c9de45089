import { describe, expect, test } from '@jest/globals';
import { createReleaseRequest } from '../../../support/host-io.ts';
import { meet, previewId, previewOf, sha, startedAt } from '../../../support/render-preview.ts';

describe('taking the preview away', () => {
  test('deletes it, and says what', async () => {
    const { preview, io, changes } = meet({ listed: [previewOf()] });
    expect(await preview.destroy(createReleaseRequest(), io)).toEqual({
      outcome: 'removed',
      message: `Render deleted harbour PR #7 (${previewId})`,
    });
    expect(changes()).toMatchObject([{ method: 'DELETE', url: `https://api.render.com/v1/services/${previewId}` }]);
  });

  test.each([404, 410])('is done where Render was faster, which answers %i', async (deletion) => {
    const { preview, io } = meet({ listed: [previewOf()], deletion });
    expect(await preview.destroy(createReleaseRequest(), io)).toMatchObject({ outcome: 'gone' });
  });

  test.each([403, 500])('fails where Render answers %i', async (deletion) => {
    const { preview, io } = meet({ listed: [previewOf()], deletion });
    await expect(preview.destroy(createReleaseRequest(), io)).rejects.toMatchObject({ status: deletion });
  });
});

describe('what is asked of the preview alone', () => {
  test('a cancel', async () => {
    const { preview, io, changes } = meet({ listed: [previewOf()] });
    await preview.cancel?.({ id: 'dep-2', sha, startedAt }, io).catch(() => undefined);
    expect(changes()).toMatchObject([{ url: `https://api.render.com/v1/services/${previewId}/deploys/dep-2/cancel` }]);
  });

  test('a cancel, which is none where there is no preview', async () => {
    const { preview, io, changes } = meet({});
    await preview.cancel?.({ id: 'dep-2', sha, startedAt }, io);
    expect(changes()).toEqual([]);
  });

  test('its log, which is empty where there is no preview', async () => {
    const { preview, io } = meet({});
    const lines: string[] = [];
    for await (const line of preview.logs?.({ sha, startedAt }, io) ?? []) lines.push(line);
    expect(lines).toEqual([]);
  });
});
