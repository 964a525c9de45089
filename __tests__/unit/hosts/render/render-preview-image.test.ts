import { describe, expect, test } from '@jest/globals';
import { createReleaseRequest } from '../../../support/host-io.ts';
import { failure, meet, previewId, previewOf, service, sha, startedAt } from '../../../support/render-preview.ts';

const imageBacked = { imagePath: 'ghcr.io/acme/harbour:latest' };

describe('a service that runs an image', () => {
  const image = 'ghcr.io/acme/harbour:{sha}-pr{pr}';
  const named = previewOf({ name: 'harbour-pr-7' });

  test('gets a preview of the image of the commit', async () => {
    const { preview, io, changes } = meet({ base: imageBacked }, image);
    expect(await preview.check?.(io)).toEqual([]);
    expect(await preview.trigger(createReleaseRequest(), io)).toEqual({ id: 'dep-9', sha, startedAt });
    expect(changes()).toMatchObject([{ url: `https://api.render.com/v1/services/${service}/preview` }]);
    expect(JSON.parse(String(changes()[0]?.body))).toEqual({
      imagePath: `ghcr.io/acme/harbour:${sha}-pr7`,
      name: 'harbour-pr-7',
    });
  });

  test('gets the next image into the preview that there is', async () => {
    const { preview, io, changes } = meet({ base: imageBacked, listed: [named] }, image);
    expect(await preview.trigger(createReleaseRequest(), io)).toMatchObject({ id: 'dep-8' });
    expect(changes()).toMatchObject([{ url: `https://api.render.com/v1/services/${previewId}/deploys` }]);
    expect(JSON.parse(String(changes()[0]?.body))).toEqual({ imageUrl: `ghcr.io/acme/harbour:${sha}-pr7` });
  });

  test('knows its deploy by the image where nobody told the id', async () => {
    const deploys = [
      { id: 'dep-4', status: 'live', image: { ref: 'ghcr.io/acme/harbour:pr7' } },
      { id: 'dep-3', status: 'live', image: { ref: 'ghcr.io/acme/harbour:other' } },
    ];
    const { preview, io } = meet({ base: imageBacked, listed: [named], deploys }, 'ghcr.io/acme/harbour:pr{pr}');
    const found = await preview.status?.({ sha, startedAt }, io);
    expect(found).toMatchObject({ phase: 'live', id: 'dep-4' });
    expect(found).not.toHaveProperty('commit');
  });

  test('needs the image to be named, which is said before anything is built', async () => {
    const { preview, io, changes } = meet({ base: { serviceDetails: { runtime: 'image' } } });
    for (const asked of [preview.check?.(io), preview.trigger(createReleaseRequest(), io)]) {
      const error = await failure(Promise.resolve(asked));
      expect(error).toMatchObject({ code: 'INVALID_INPUTS', hint: expect.stringContaining('image: ') });
    }
    expect(changes()).toEqual([]);
  });
});
