import { describe, expect, test } from '@jest/globals';
import { meanwhile } from '../../../src/commands/run/meanwhile.ts';
import { siteOf } from '../../../src/commands/run/site.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import type { Destination } from '../../../src/plan/destination.ts';
import { previewDestination } from '../../../src/plan/preview-destination.ts';
import { createContext } from '../../support/context.ts';
import { createInputs } from '../../support/fakes.ts';
import { memoryGitHub } from '../../support/github/memory.ts';
import { createHostInputs } from '../../support/host-io.ts';
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
  const found = previewDestination(createInputs({ bucket: 'site', ...inputs }), given, 7);
  return [found.static?.prefix, found.media?.prefix];
};

describe('the files of a preview', () => {
  test('go below a prefix of its own', () => {
    expect(prefixes({})).toEqual(['previews/pr-7/assets/static/', 'previews/pr-7/media/']);
    expect(prefixes({ staticPrefix: 'static' })[0]).toBe('previews/pr-7/assets/static/');
  });

  test.each(['{pr}', 'x/{environment}/static'])('go where %s says, which is its own already', (staticPrefix) => {
    expect(prefixes({ staticPrefix, mediaPrefix: staticPrefix })).toEqual(['assets/static/', 'media/']);
  });

  test.each(['{branch}/static', '{sha}/static'])('do not go to %s, which can be production’s', (staticPrefix) => {
    expect(prefixes({ staticPrefix })[0]).toBe('previews/pr-7/assets/static/');
  });

  test('go nowhere where there are none', () => {
    expect(prefixes({}, { ...target, static: undefined, media: undefined })).toEqual([undefined, undefined]);
  });

  test('need a bucket that the end of the pull request knows too', () => {
    const read = () => previewDestination(createInputs(), target, 7);
    expect(read).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUTS',
        hint: 'Write under "with:" of the step: bucket: site, endpoint: https://s3.example.com',
      }),
    );
    expect(previewDestination(createInputs(), { ...target, bucket: undefined }, 7).static?.prefix).toMatch(/^previews/);
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

describe('while a preview is made, its pull request', () => {
  const { sha } = createContext();
  const plan = { kind: 'preview', pullRequest: 7 } as const;

  test.each([
    ['open', true, sha],
    ['closed', false, sha],
    ['closed', false, 'another'],
    ['moved', true, 'another'],
  ])('is %s (open: %s, head: %s)', async (expected, open, head) => {
    const run = createRun({ plan, github: memoryGitHub([{ number: 7, open, head, from: 'octo/site' }]) });
    expect(await meanwhile(run, 7)).toBe(expected);
  });

  test('is taken for open where nobody can be asked', async () => {
    const run = createRun({ plan, github: null });
    expect(await meanwhile(run, 7)).toBe('open');
    expect(run.lines).toEqual([]);
  });

  test('is taken for open with a warning where GitHub does not say', async () => {
    const run = createRun({ plan });
    run.hub.refuse('pullRequest');
    expect(await meanwhile(run, 7)).toBe('open');
    expect(run.recorder.report().warnings).toEqual([
      'Whether pull request #7 is still open is not known: GitHub does not take pullRequest.',
    ]);
  });

  test('does not matter to a run that was cancelled', async () => {
    const run = createRun({ plan, signal: AbortSignal.abort(new Error('cancelled')) });
    run.hub.refuse('pullRequest');
    await expect(meanwhile(run, 7)).rejects.toThrow('cancelled');
  });
});
