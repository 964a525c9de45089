import { describe, expect, test } from '@jest/globals';
import { meanwhile } from '../../../src/commands/run/overtaken.ts';
import { createContext } from '../../support/context.ts';
import { memoryGitHub } from '../../support/github/memory.ts';
import { createRun } from '../../support/run.ts';

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
