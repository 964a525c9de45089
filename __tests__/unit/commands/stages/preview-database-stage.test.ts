import { describe, expect, test } from '@jest/globals';
import type { BuildStage } from '../../../../src/commands/stages/build-stage.ts';
import {
  checkDatabases,
  planOfDatabase,
  previewDatabase,
} from '../../../../src/commands/stages/preview-database-stage.ts';
import { sweep } from '../../../../src/commands/sweep.ts';
import { teardown } from '../../../../src/commands/teardown.ts';
import type { HttpRequest } from '../../../../src/core/ports.ts';
import { previewDatabaseName } from '../../../../src/databases/preview-name.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { memoryGitHub } from '../../../support/github/memory.ts';
import {
  type ClusterState,
  clusterId,
  clusterToken,
  databaseCluster,
} from '../../../support/hosts/digitalocean-databases.ts';
import { identityOf } from '../../../support/identity.ts';
import { createRun, type RunOptions } from '../../../support/run.ts';

/** Databases of previews that DigitalOcean's API makes, in a job that runs no code of the project. */
const base = 'postgresql://doadmin:secret-of-doadmin@db.example.com:25060/defaultdb?sslmode=require';
const built = { migrated: undefined } as unknown as BuildStage;
const nameOf = (pullRequest: number) => previewDatabaseName(identityOf(`preview/pr-${pullRequest}`));
const seven = nameOf(7);
const tag = (name: string) => `deploy-django:${clusterId}:${name}`;

function runAt(cluster: ClusterState, options: RunOptions = {}) {
  const headersOf = ({ headers = {} }: HttpRequest) => headers;
  return createRun({
    plan: { kind: 'preview', pullRequest: 7 },
    ...options,
    http: async (request) => {
      const { pathname, search } = new URL(request.url);
      const asked = {
        method: request.method,
        path: pathname + search,
        headers: headersOf(request),
        body: String(request.body ?? ''),
      };
      const { status, body } = await cluster.answer(asked);
      return { status, headers: {}, body: Buffer.from(body === undefined ? '' : JSON.stringify(body)) };
    },
    inputs: {
      previewDatabase: 'create',
      databaseUrl: new Secret(base),
      hostInputs: {
        service: undefined,
        deployHook: undefined,
        token: new Secret(clusterToken),
        options: { 'database-cluster': [clusterId] },
      },
      ...options.inputs,
    },
  });
}

describe('the database of a preview', () => {
  test('is made with its mark, its URL is that of the server with another name, and nobody sees it', async () => {
    const cluster = await databaseCluster();
    const run = runAt(cluster);
    const url = await previewDatabase(run, built);
    expect(url?.reveal()).toBe(base.replace('defaultdb', seven));
    expect([...cluster.databases]).toEqual(['defaultdb', seven]);
    expect([...cluster.tags]).toEqual([tag(seven)]);
    expect(run.recorder.report().stages).toEqual([
      expect.objectContaining({ name: 'Database', result: `${seven} is new, at DigitalOcean's cluster ${clusterId}` }),
    ]);
    expect(run.recorder.report().databases).toEqual([{ name: seven, state: 'created', seeded: false }]);
    for (const form of [
      url?.reveal() ?? '',
      encodeURIComponent(url?.reveal() ?? ''),
      JSON.stringify({ url: url?.reveal() }),
    ])
      expect(run.ports.redactor.whole(`the app has ${form}`)).not.toMatch(/doadmin@|secret-of|defaultdb|sslmode/);
    expect(cluster.complaints).toEqual([]);
  });

  test('says where nobody migrates it, once', async () => {
    const cluster = await databaseCluster();
    const runs = [runAt(cluster), runAt(cluster)];
    for (const run of runs) await previewDatabase(run, built);
    expect(runs[1]?.recorder.report().databases).toEqual([{ name: seven, state: 'kept', seeded: false }]);
    expect(runs.map(({ lines }) => lines.filter((line) => line.includes('is empty')).length)).toEqual([1, 0]);
  });

  test('is none where previews get none, and in a push', async () => {
    const cluster = await databaseCluster();
    expect(await previewDatabase(runAt(cluster, { inputs: { previewDatabase: 'off' } }), built)).toBeUndefined();
    expect(await previewDatabase(runAt(cluster, { plan: { kind: 'deploy' } }), built)).toBeUndefined();
    expect([...cluster.databases]).toEqual(['defaultdb']);
  });

  test('is never the one that database-url names', async () => {
    const cluster = await databaseCluster();
    const databaseUrl = new Secret(base.replace('defaultdb', seven));
    const run = runAt(cluster, { inputs: { databaseUrl } });
    await expect(previewDatabase(run, built)).rejects.toMatchObject({ code: 'DATABASE_TAKEN' });
    expect([...cluster.databases]).toEqual(['defaultdb']);
  });

  test('is not made in a cluster of another engine', async () => {
    const cluster = await databaseCluster({ engine: 'mysql' });
    await expect(previewDatabase(runAt(cluster), built)).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
      message: expect.stringContaining('is of "mysql", and database-url of another server'),
    });
  });

  test.each([
    [401, 'DATABASE_DENIED', 'database:create, database:read, database:delete, tag:create, tag:read and tag:delete'],
    [404, 'DATABASE_FAILED', `There is no cluster ${clusterId} that this token sees.`],
    [500, 'DATABASE_FAILED', 'as many as it may have'],
  ])('is not made where the API answers %i: %s', async (status, code, hint) => {
    const cluster = await databaseCluster({ refuse: () => ({ status, body: { id: 'no', message: 'no' } }) });
    await expect(previewDatabase(runAt(cluster), built)).rejects.toMatchObject({
      code,
      hint: expect.stringContaining(hint),
    });
  });

  test('is tried again while the API is overloaded', async () => {
    let left = 2;
    const refuse = () =>
      left-- > 0 ? { status: 429, body: { id: 'too_many_requests', message: 'Slow down' } } : undefined;
    const cluster = await databaseCluster({ refuse });
    await previewDatabase(runAt(cluster), built);
    expect([...cluster.databases]).toContain(seven);
  });

  test('is told by a dry run', async () => {
    const cluster = await databaseCluster();
    const inputs = { seedCommand: 'python manage.py loaddata demo' };
    expect(await planOfDatabase(runAt(cluster, { inputs }))).toBe(
      `make the database ${seven} at DigitalOcean's cluster ${clusterId} if it is not there, migrate it, fill it by "python manage.py loaddata demo" if it is new, then `,
    );
    expect(await planOfDatabase(runAt(cluster, { inputs: { artifact: 'built' } }))).toBe(
      `make the database ${seven} at DigitalOcean's cluster ${clusterId} if it is not there, then `,
    );
    expect(await planOfDatabase(runAt(cluster, { plan: { kind: 'deploy' } }))).toBe('');
  });

  test('is looked at by a check, which changes nothing', async () => {
    const cluster = await databaseCluster();
    const run = runAt(cluster);
    await checkDatabases(run);
    expect([...cluster.databases]).toEqual(['defaultdb']);
    expect(run.recorder.report().warnings.join()).toContain('it needs database:create');
    cluster.databases.add(seven);
    await expect(checkDatabases(runAt(cluster))).rejects.toMatchObject({ code: 'DATABASE_TAKEN' });
  });
});

describe('the end of a preview', () => {
  const plan = { kind: 'teardown', pullRequest: 7 } as const;

  test('drops its database with its mark, and no other', async () => {
    const cluster = await databaseCluster();
    await previewDatabase(runAt(cluster), built);
    cluster.databases.add(nameOf(8));
    const run = runAt(cluster, { plan });
    await teardown(run, 7);
    expect([...cluster.databases]).toEqual(['defaultdb', nameOf(8)]);
    expect([...cluster.tags]).toEqual([]);
    expect(run.recorder.report().stages).toContainEqual(
      expect.objectContaining({ name: 'Database', result: `${seven} is dropped` }),
    );
    expect(run.recorder.report().databases).toEqual([{ name: seven, state: 'dropped', seeded: false }]);
    const again = runAt(cluster, { plan });
    await teardown(again, 7);
    expect(again.recorder.report().databases).toEqual([{ name: seven, state: 'gone', seeded: false }]);
    expect(again.recorder.report().stages).toContainEqual(
      expect.objectContaining({ name: 'Database', result: `there is no ${seven} any more` }),
    );
  });

  test('leaves one without a mark alone, and says so', async () => {
    const cluster = await databaseCluster();
    cluster.databases.add(seven);
    const run = runAt(cluster, { plan });
    await teardown(run, 7);
    expect([...cluster.databases]).toContain(seven);
    expect(run.recorder.report().databases).toEqual([{ name: seven, state: 'left', seeded: false }]);
    expect(run.recorder.report().warnings).toEqual([
      `The database ${seven} was left alone, because it does not bear the mark of this preview.`,
    ]);
  });

  test('says in a dry run what would go', async () => {
    const cluster = await databaseCluster();
    const run = runAt(cluster, { plan, inputs: { dryRun: true } });
    await teardown(run, 7);
    expect(run.recorder.report().reason).toContain(`and drop its database ${seven}.`);
  });

  test('keeps nothing else where the server does not do it', async () => {
    const cluster = await databaseCluster({ refuse: () => ({ status: 404, body: { id: 'x', message: 'x' } }) });
    const run = runAt(cluster, { plan, inputs: { bucket: 'site' } });
    run.harbour.previews.set(7, 'abc');
    await teardown(run, 7).catch(() => undefined);
    expect([...run.harbour.previews.keys()]).toEqual([]);
  });
});

describe('a sweep', () => {
  const plan = { kind: 'sweep', environment: 'production' } as const;
  const pulls = () =>
    memoryGitHub([7, 8].map((number) => ({ number, open: number === 8, head: 'a'.repeat(40), from: 'octo/site' })));

  test('finds databases of closed pull requests by their mark, and those of no other app', async () => {
    const cluster = await databaseCluster();
    const ofOthers = previewDatabaseName({ ...identityOf('preview/pr-7'), repository: '77' });
    for (const name of [seven, nameOf(8), ofOthers]) {
      cluster.databases.add(name);
      cluster.tags.add(tag(name));
    }
    const run = runAt(cluster, { plan, github: pulls(), context: { event: 'schedule' } });
    await sweep(run);
    expect([...cluster.databases]).toEqual(['defaultdb', nameOf(8), ofOthers]);
    expect(run.recorder.report()).toMatchObject({
      status: 'removed',
      reason: '2 previews found, 1 taken away.',
      databases: [{ name: seven, state: 'dropped' }],
    });
  });

  test('takes the others away where the server does not answer', async () => {
    const cluster = await databaseCluster({ refuse: () => ({ status: 401, body: { id: 'x', message: 'x' } }) });
    const github = pulls();
    github.deployed({ environment: 'preview/pr-7', sha: 'a'.repeat(40), payload: { release: 'x' } }, 'success');
    const run = runAt(cluster, { plan, github, context: { event: 'schedule' } });
    run.harbour.previews.set(7, 'abc');
    await sweep(run).catch(() => undefined);
    expect([...run.harbour.previews.keys()]).toEqual([]);
    expect(run.recorder.report().warnings.join('\n')).toContain(
      'Databases of closed pull requests were not looked for',
    );
  });
});
