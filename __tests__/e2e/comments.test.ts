import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EmulatorRequest } from '../support/emulator.ts';
import { repositoryId } from '../support/github/emulator.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { openWorkflow, type Workflow } from '../support/workflow.ts';

/** One right comment on a pull request, whatever others write there: the bundle, a real Django, and a host of previews. */
const bot = 'github-actions[bot]';
let host: QuickHost;
let site: Workflow;
let topic: { head: string; merge: string };
/** Told of each request to GitHub. */
let onRequest: (request: EmulatorRequest) => void = () => undefined;

const settings = `
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_ROOT = BASE_DIR / "staticfiles"
`;

beforeAll(async () => {
  host = await startQuickHost();
  site = await openWorkflow({ inputs: host.inputs, settings, github: { fault: (request) => void onRequest(request) } });
  topic = await site.branch('topic', 'Topic');
});
beforeEach(() => {
  onRequest = () => undefined;
});
afterAll(async () => {
  await host.stop();
  await site.close();
});

const state = () => site.github.state;

test('35 comments of others, one of them with our marker, are as they were, and ours is one', async () => {
  const marker = `<!-- deploy-django: ${repositoryId}/preview/preview%2Fpr-7 -->`;
  for (let at = 0; at < 35; at++) state().comment('ada', at === 20 ? `${marker}\nSee https://evil.example` : 'Nice');
  const others = state().comments.map(({ body }) => body);
  await site.pull('opened', 7, topic);
  await site.pull('synchronize', 7, topic);
  expect(
    state()
      .comments.slice(0, 35)
      .map(({ body }) => body),
  ).toEqual(others);
  expect(state().comments).toHaveLength(36);
  const [first, ...rest] = site.comment().split('\n');
  expect(first).toBe(marker);
  expect(rest.join('\n')).toMatch(/^<!-- run: \d+\.1 -->\n### .*Live/);
});

test('a comment that somebody deletes while the run goes on is there again', async () => {
  onRequest = ({ method }) => {
    const at = state().comments.findIndex(({ author }) => author === bot);
    if (method === 'PATCH' && at >= 0) {
      state().comments.splice(at, 1);
      onRequest = () => undefined;
    }
  };
  const job = await site.pull('synchronize', 7, topic);
  expect(job.outputs.status).toBe('live');
  expect(site.comment()).toContain('Live');
});

describe('two apps of one repository', () => {
  const apps = ['shop', 'blog'];
  const parts = ['manage.py', 'site1', 'pages'];
  let both: { head: string; merge: string };
  const happens = (action: string, app: string) =>
    site.pull(action, 11, both, { inputs: { ...host.inputsOf(app), 'working-directory': app } });
  const commentOf = (app: string) =>
    state()
      .comments.filter(({ body }) =>
        body.startsWith(`<!-- deploy-django: ${repositoryId}/preview/preview%2Fpr-11@${app} -->`),
      )
      .map(({ body }) => body);
  const tasks = () =>
    state()
      .deployments.filter(({ environment }) => environment === 'preview/pr-11')
      .map(({ task, statuses }) => [task, statuses.at(-1)?.state]);

  test('have a comment, a deployment and a preview each', async () => {
    const { folder, git } = site.project;
    await git('checkout', '--quiet', '-b', 'apps', 'main');
    for (const app of apps)
      for (const part of parts) await cp(join(folder, part), join(folder, app, part), { recursive: true });
    both = await site.branch('apps', 'Two apps');
    for (const app of apps) {
      expect((await happens('opened', app)).outputs).toMatchObject({
        status: 'live',
        url: `${host.origin}/pr-11-${app}`,
      });
    }
    for (const app of apps) expect(commentOf(app)).toEqual([expect.stringContaining(`/pr-11-${app}`)]);
    expect(tasks()).toEqual([
      ['deploy:shop', 'success'],
      ['deploy:blog', 'success'],
    ]);
  });

  test('are taken away one after the other', async () => {
    expect((await happens('closed', 'shop')).outputs.status).toBe('removed');
    expect(commentOf('shop')).toEqual([expect.stringContaining('Removed')]);
    expect(commentOf('blog')).toEqual([expect.stringContaining('Live')]);
    expect(tasks()).toEqual([['deploy:blog', 'success']]);
    expect([...host.previews.keys()]).toContain('11-blog');
    await happens('closed', 'blog');
    expect(tasks()).toEqual([]);
    expect(commentOf('blog')).toEqual([expect.stringContaining('Removed')]);
  });
});

test('a conversation that is locked is told of in one warning, and the preview is live all the same', async () => {
  state().locked.add(9);
  const job = await site.pull('opened', 9, topic);
  state().locked.delete(9);
  expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'live' } });
  expect(job.log.match(/^::warning::.*issue is locked/gm)).toHaveLength(1);
  expect(state().comments.filter(({ issue }) => issue === 9)).toEqual([]);
});

test('comment: false writes none', async () => {
  const job = await site.pull('opened', 10, topic, { inputs: { comment: 'false' } });
  expect(job.outputs.status).toBe('live');
  expect(state().comments.filter(({ issue }) => issue === 10)).toEqual([]);
  expect(state().deployments.at(-1)).toMatchObject({ environment: 'preview/pr-10' });
});
