import { describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '../../../../src/core/ports.ts';
import { render } from '../../../../src/hosts/render/render.ts';
import { explainFailure } from '../../../../src/hosts/render/render-status.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { answer } from '../../../support/fakes.ts';
import { createHostInputs, fakeHostIO, json } from '../../../support/host-io.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const other = 'ffffffffffffffffffffffffffffffffffffffff';
const service = 'srv-c0ffee0123456789abcd';
const startedAt = Date.parse('2026-03-01T12:00:00Z');
const host = render.create(createHostInputs({ service, token: new Secret('rnd_token') }));

interface World {
  /** The status of our deploy, dep-1. */
  readonly status?: string;
  /** Deploys as the list has them, the newest first. */
  readonly list?: readonly object[];
  /** Events of ended deploys, as id of the deploy and reason. */
  readonly ended?: readonly [string, object | undefined][];
}

/** Render as a GET sees it. */
function answers({ status = 'created', list = [], ended = [] }: World) {
  return ({ url }: HttpRequest) => {
    const { pathname, searchParams } = new URL(url);
    const path = pathname.replace(`/v1/services/${service}`, '');
    if (path === '/deploys/dep-1') return json({ id: 'dep-1', status, commit: { id: sha } });
    if (path === '/deploys') {
      const wanted = list.filter((deploy) => {
        const only = searchParams.get('status');
        return only === null || (deploy as { status?: string }).status === only;
      });
      const page = wanted.slice(0, Number(searchParams.get('limit') ?? 20));
      return json(page.map((deploy) => ({ deploy, cursor: 'c' })));
    }
    if (path === '/events') {
      const events = ended.map(([deployId, reason]) => ({ type: 'deploy_ended', details: { deployId, reason } }));
      return json(events.map((event) => ({ event, cursor: 'c' })));
    }
    return answer(404);
  };
}

const status = (world: World) => host.status?.({ id: 'dep-1', startedAt, sha }, fakeHostIO(answers(world)));
const logUrl = `https://dashboard.render.com/web/${service}/deploys/dep-1`;

describe('the word', () => {
  test.each([
    ['created', 'queued'],
    ['queued', 'queued'],
    ['build_in_progress', 'running'],
    ['pre_deploy_in_progress', 'running'],
    ['update_in_progress', 'running'],
    ['a_word_of_next_year', 'running'],
    ['', 'running'],
  ])('%j means %s', async (word, phase) => {
    expect(await status({ status: word })).toEqual({ phase, id: 'dep-1', logUrl, ...(word && { state: word }) });
  });

  test('live means live, with the commit that is', async () => {
    expect(await status({ status: 'live' })).toEqual({ phase: 'live', commit: sha, id: 'dep-1', logUrl });
  });

  test.each([
    ['build_failed', 'the build failed'],
    ['update_failed', 'the new version did not start'],
    ['pre_deploy_failed', 'the pre-deploy command failed'],
  ])('%s means failed', async (word, reason) => {
    expect(await status({ status: word })).toMatchObject({ phase: 'failed', reason, logUrl });
  });

  test('deactivated means that a later deploy serves, and names it', async () => {
    const list = [
      { id: 'dep-3', status: 'build_in_progress', commit: { id: 'cccc' } },
      { id: 'dep-2', status: 'live', commit: { id: other } },
      { id: 'dep-1', status: 'deactivated', commit: { id: sha } },
    ];
    expect(await status({ status: 'deactivated', list })).toMatchObject({ phase: 'superseded', by: other });
  });
});

describe('a failed deploy says why', () => {
  test('in the words of its own event', async () => {
    const ended: World['ended'] = [
      ['dep-0', { failure: { evicted: false, nonZeroExit: 3 } }],
      ['dep-1', { failure: { evicted: false, nonZeroExit: 1 } }],
    ];
    expect(await status({ status: 'build_failed', ended })).toMatchObject({
      phase: 'failed',
      reason: 'the build failed: exit status 1',
    });
  });

  test.each<[object, string | undefined]>([
    [{ nonZeroExit: 2 }, 'exit status 2'],
    [{ nonZeroExit: 0 }, 'exit status 0'],
    [{ earlyExit: true }, 'the process ended early'],
    [{ oomKilled: { memoryLimit: '512Mi' } }, 'out of memory (limit 512Mi)'],
    [{ oomKilled: { memoryLimit: '512Mi' }, nonZeroExit: 137 }, 'out of memory (limit 512Mi)'],
    [{ timedOutSeconds: 900 }, 'timed out after 900 s'],
    [{ unhealthy: 'HTTP 500 at /' }, 'unhealthy: HTTP 500 at /'],
    [{}, undefined],
  ])('%j', (failure, words) => {
    expect(explainFailure({ failure })).toBe(words);
  });

  test('unless Render does not', () => {
    expect(explainFailure(undefined)).toBeUndefined();
    expect(explainFailure({})).toBeUndefined();
  });
});

describe('a cancelled deploy', () => {
  const ours = { id: 'dep-1', status: 'canceled', commit: { id: sha } };

  test('is superseded where its event names the newer one', async () => {
    const ended: World['ended'] = [['dep-1', { newDeploy: { id: 'dep-2' } }]];
    expect(await status({ status: 'canceled', list: [ours], ended })).toMatchObject({
      phase: 'superseded',
      by: 'dep-2',
    });
  });

  test('is superseded where its event names a newer build', async () => {
    const ended: World['ended'] = [['dep-1', { newBuild: { id: 'bld-2' } }]];
    expect(await status({ status: 'canceled', list: [ours], ended })).toMatchObject({ phase: 'superseded' });
  });

  test('is superseded where a newer one is in the list', async () => {
    const list = [{ id: 'dep-2', status: 'created', commit: { id: other } }, ours];
    expect(await status({ status: 'canceled', list })).toMatchObject({ phase: 'superseded', by: 'dep-2' });
  });

  test('was cancelled by somebody where there is none', async () => {
    expect(await status({ status: 'canceled', list: [ours], ended: [['dep-1', undefined]] })).toMatchObject({
      phase: 'cancelled',
      reason: 'it was cancelled at Render',
    });
  });
});

describe('a deploy whose id nobody told', () => {
  const find = async (list: readonly object[]) => {
    const io = fakeHostIO(answers({ list }));
    return { found: await host.status?.({ startedAt, sha }, io), io };
  };

  test('is found by its commit among those since then, and known by its id from then on', async () => {
    const { found, io } = await find([
      { id: 'dep-3', status: 'queued', commit: { id: other } },
      { id: 'dep-1', status: 'build_in_progress', commit: { id: sha } },
      { id: 'dep-0', status: 'live', commit: { id: 'cccc' } },
    ]);
    expect(found).toEqual({ phase: 'running', state: 'build_in_progress', id: 'dep-1', logUrl });
    const query = new URL(io.requests[0]?.url ?? '').searchParams;
    expect(query.get('createdAfter')).toBe('2026-03-01T11:58:00.000Z');
  });

  test('is queued until it shows up', async () => {
    expect((await find([])).found).toEqual({ phase: 'queued' });
    expect((await find([{ id: 'dep-3', status: 'live', commit: { id: other } }])).found).toEqual({ phase: 'queued' });
    expect((await find([{ id: 'dep-3', status: 'live' }])).found).toEqual({ phase: 'queued' });
  });
});

describe('logs', () => {
  const logs = async (page: object) => {
    const io = fakeHostIO(({ url }) => json(url.includes('/v1/logs?') ? page : { ownerId: 'tea-1' }));
    const lines: string[] = [];
    for await (const line of host.logs?.({ id: 'dep-1', startedAt, sha }, io) ?? []) lines.push(line);
    return { lines, query: new URL(io.requests.at(-1)?.url ?? '').searchParams };
  };

  test('are the newest of build and app since the start, the oldest first', async () => {
    const { lines, query } = await logs({ logs: [{ message: 'third' }, { message: 'second' }, { message: 'first' }] });
    expect(lines).toEqual(['first', 'second', 'third']);
    expect(Object.fromEntries(query)).toMatchObject({
      ownerId: 'tea-1',
      resource: service,
      direction: 'backward',
      startTime: '2026-03-01T12:00:00.000Z',
    });
    expect(query.getAll('type')).toEqual(['build', 'app']);
  });

  test('may be empty', async () => {
    expect((await logs({ logs: [] })).lines).toEqual([]);
    expect((await logs({})).lines).toEqual([]);
  });
});
