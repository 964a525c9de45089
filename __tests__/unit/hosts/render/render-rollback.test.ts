import { describe, expect, test } from '@jest/globals';
import type { RollbackTarget } from '../../../../src/hosts/contract/host.ts';
import { render } from '../../../../src/hosts/render/render.ts';
import { deployBefore } from '../../../../src/hosts/render/render-rollback.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { answer } from '../../../support/fakes.ts';
import { createHostInputs, createReleaseRequest, fakeHostIO, json } from '../../../support/host-io.ts';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];
const service = 'srv-c0ffee0123456789abcd';
const startedAt = Date.parse('2026-03-01T12:00:00Z');

type Line = readonly [id: string, status: string, commit?: string, trigger?: string];
const deploysOf = (lines: readonly Line[]) =>
  lines.map(([id, status, commit, trigger]) => ({
    id,
    status,
    ...(trigger ? { trigger } : {}),
    ...(commit ? { commit: { id: commit } } : {}),
  }));

describe('the deploy before the one that is live', () => {
  test.each<[string, Line[], string | undefined]>([
    [
      'is the one before it',
      [
        ['3', 'live', c],
        ['2', 'deactivated', b],
        ['1', 'deactivated', a],
      ],
      '2',
    ],
    [
      'is none of the same commit',
      [
        ['3', 'live', c],
        ['2', 'deactivated', c],
        ['1', 'deactivated', a],
      ],
      '1',
    ],
    [
      'is none that failed',
      [
        ['3', 'live', c],
        ['2', 'build_failed', b],
        ['1', 'deactivated', a],
      ],
      '1',
    ],
    [
      'is none newer than it',
      [
        ['4', 'deactivated', b],
        ['3', 'live', c],
        ['1', 'deactivated', a],
      ],
      '1',
    ],
    [
      'is not what a rollback left',
      [
        ['4', 'live', b, 'rollback'],
        ['3', 'deactivated', c],
        ['2', 'deactivated', b],
        ['1', 'deactivated', a],
      ],
      '1',
    ],
    [
      'is the one before, where the commit came back by a push',
      [
        ['4', 'live', b, 'api'],
        ['3', 'deactivated', c],
        ['2', 'deactivated', b],
      ],
      '3',
    ],
    [
      'may be of an image, which knows no commit',
      [
        ['2', 'live'],
        ['1', 'deactivated'],
      ],
      '1',
    ],
    [
      'is the newest that was, where none is live',
      [
        ['2', 'deactivated', b],
        ['1', 'deactivated', a],
      ],
      '2',
    ],
    ['is none after a first deploy', [['1', 'live', a]], undefined],
    ['is none where nothing was', [], undefined],
  ])('%s', (_name, lines, id) => {
    expect(deployBefore(deploysOf(lines))?.id).toBe(id);
  });
});

describe('a rollback', () => {
  const history = deploysOf([
    ['dep-3', 'live', c],
    ['dep-2', 'deactivated', b],
    ['dep-1', 'deactivated', a],
  ]);

  async function goBack(to: RollbackTarget | undefined, reply = json({ id: 'dep-4' }, 201), deploys = history) {
    const io = fakeHostIO(({ method, url }) => {
      if (method === 'POST') return reply;
      const id = /\/deploys\/([^?]+)$/.exec(url)?.[1];
      if (id === undefined) return json(deploys.map((deploy) => ({ deploy, cursor: 'c' })));
      const found = deploys.find((deploy) => deploy.id === id);
      return found ? json(found) : answer(404);
    });
    const host = render.create(createHostInputs({ service, token: new Secret('rnd_token') }));
    const outcome = await host
      .rollback?.(to)
      .trigger(createReleaseRequest({ sha: c }), io)
      .catch((error: unknown) => error);
    const posts = io.requests.filter(({ method }) => method === 'POST');
    return { outcome, posts: posts.map(({ url, body }) => ({ url, body: JSON.parse(String(body)) })), io };
  }

  test.each<[string, RollbackTarget | undefined, string, string]>([
    ['nothing, which is the one before', undefined, 'dep-2', b],
    ['the id of a deploy', { id: 'dep-1' }, 'dep-1', a],
    ['a commit', { sha: a }, 'dep-1', a],
    ['the first characters of a commit', { sha: a.slice(0, 7) }, 'dep-1', a],
    ['a release', { release: `${a.slice(0, 12)}-12.1` }, 'dep-1', a],
    ['id and commit, of which the id counts', { id: 'dep-2', sha: a }, 'dep-2', b],
  ])('to %s asks for that deploy', async (_name, to, deployId, sha) => {
    const { outcome, posts } = await goBack(to);
    expect(outcome).toEqual({ id: 'dep-4', sha, startedAt });
    expect(posts).toEqual([{ url: `https://api.render.com/v1/services/${service}/rollback`, body: { deployId } }]);
  });

  test('looks at those alone that are live or were', async () => {
    const { io } = await goBack(undefined);
    expect(new URL(io.requests[0]?.url ?? '').searchParams.getAll('status')).toEqual(['live', 'deactivated']);
  });

  test('to what is live asks for nothing, and is followed to that', async () => {
    const { outcome, posts } = await goBack({ sha: c });
    expect(outcome).toEqual({ id: 'dep-3', sha: c, startedAt });
    expect(posts).toEqual([]);
  });

  test('whose answer names no deploy is found by its commit', async () => {
    expect((await goBack(undefined, answer(202))).outcome).toEqual({ sha: b, startedAt });
  });

  test.each<[string, RollbackTarget | undefined, string]>([
    ['an unknown commit', { sha: 'd'.repeat(40) }, `Render has no deploy of ${'d'.repeat(40)} that was live.`],
    ['an unknown deploy', { id: 'dep-0' }, "Render does not go back to dep-0: Render's deploy dep-0: HTTP 404."],
    ['nobody knows what', {}, 'Render has no deploy of an unnamed commit that was live.'],
  ])('to %s is refused with what to do instead', async (_name, to, message) => {
    const { outcome, posts } = await goBack(to);
    expect(outcome).toMatchObject({ code: 'HOST_REFUSED', message, hint: expect.stringContaining('Deploy the older') });
    expect(posts).toEqual([]);
  });

  test('after a first deploy is refused', async () => {
    expect((await goBack(undefined, undefined, history.slice(0, 1))).outcome).toMatchObject({
      code: 'HOST_REFUSED',
      message: `Render has no deploy of ${service} before this one to go back to.`,
    });
  });

  test.each([400, 404, 409, 410])('to a build that is not kept, which answers %i, says so', async (status) => {
    const { outcome } = await goBack(undefined, json({ message: 'build expired' }, status));
    expect(outcome).toMatchObject({
      code: 'HOST_REFUSED',
      message: `Render does not go back to dep-2: Render's rollback: HTTP ${status} (build expired).`,
      hint: expect.stringContaining('keeps the last few builds'),
    });
  });

  test.each([401, 429, 500])('that Render refuses with %i is that error, as of any deploy', async (status) => {
    expect((await goBack(undefined, json({}, status))).outcome).toMatchObject({ status });
  });
});
