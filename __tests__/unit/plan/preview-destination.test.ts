import { describe, expect, test } from '@jest/globals';
import { siteOf } from '../../../src/commands/run/site.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import type { Destination } from '../../../src/plan/destination.ts';
import { previewDestination } from '../../../src/plan/preview-destination.ts';
import { createInputs } from '../../support/fakes.ts';
import { createHostInputs } from '../../support/host-io.ts';
import { identityOf } from '../../support/identity.ts';
import { createRun } from '../../support/run.ts';

const target: Destination = {
  bucket: { name: 'site', endpoint: 'https://s3.example.com', region: undefined },
  static: { folder: '/w/static', prefix: 'assets/static/' },
  media: { folder: '/w/media', prefix: 'media/' },
  staticUrl: undefined,
  mediaUrl: undefined,
  origins: new Set(),
};

const prefixes = (inputs: Partial<Inputs>, given = target) => {
  const found = previewDestination(createInputs({ bucket: 'site', ...inputs }), given, identityOf('preview/pr-7'));
  return [found.static?.prefix, found.media?.prefix];
};

describe('the files of a preview', () => {
  test('go below a prefix of its own', () => {
    expect(prefixes({})).toEqual(['previews/1296269/pr-7/assets/static/', 'previews/1296269/pr-7/media/']);
    expect(prefixes({ staticPrefix: 'static' })[0]).toBe('previews/1296269/pr-7/assets/static/');
  });

  test.each(['{pr}', 'x/{environment}/static'])('go where %s says, which is its own already', (staticPrefix) => {
    expect(prefixes({ staticPrefix, mediaPrefix: staticPrefix })).toEqual(['assets/static/', 'media/']);
  });

  test.each(['{branch}/static', '{sha}/static'])('do not go to %s, which can be production’s', (staticPrefix) => {
    expect(prefixes({ staticPrefix })[0]).toBe('previews/1296269/pr-7/assets/static/');
  });

  test('go nowhere where there are none', () => {
    expect(prefixes({}, { ...target, static: undefined, media: undefined })).toEqual([undefined, undefined]);
  });

  test('need a bucket that the end of the pull request knows too', () => {
    const read = () => previewDestination(createInputs(), target, identityOf('preview/pr-7'));
    expect(read).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUTS',
        hint: 'Write under "with:" of the step: bucket: site, endpoint: https://s3.example.com',
      }),
    );
    expect(
      previewDestination(createInputs(), { ...target, bucket: undefined }, identityOf('preview/pr-7')).static?.prefix,
    ).toMatch(/^previews/);
  });
});

describe('the URL', () => {
  const options = { 'preview-url': ['https://pr-{pr}.example.com/{pr}/'] };
  test.each<[string, Parameters<typeof createRun>[0], string | undefined]>([
    ['of a deploy is the input', { inputs: { url: 'https://example.com' } }, 'https://example.com'],
    [
      'of a preview is that of its number, without a slash at its end',
      { plan: { kind: 'preview', pullRequest: 7 }, inputs: { hostInputs: createHostInputs({ options }) } },
      'https://pr-7.example.com/7',
    ],
    [
      'of a preview is never production’s',
      { plan: { kind: 'preview', pullRequest: 7 }, inputs: { url: 'https://example.com' } },
      undefined,
    ],
  ])('%s', (_, options, url) => {
    expect(siteOf(createRun(options))).toBe(url);
  });
});
