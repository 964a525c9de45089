import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { commented, pullRequest, workflowRun } from '../support/github/events.ts';
import { allRights } from '../support/github/state.ts';
import { tempFolder } from '../support/project.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { type Job, type JobOptions, openWorkflow, type Workflow } from '../support/workflow.ts';

/** Code of strangers: it is built and checked where no secret is, and never runs where one is. */
const fork = 'mallory/site';
let host: QuickHost;
let site: Workflow;
let topic: { head: string; merge: string };
let main: string;
let canary = '';

const settings = `
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_ROOT = BASE_DIR / "staticfiles"
`;
/** What GitHub makes of secrets in a run of a fork. */
const noSecrets = { 'deploy-hook': '', 'host-options': 'preview-hook: \nbody: {"ref": "{sha}"}' };

beforeAll(async () => {
  host = await startQuickHost();
  site = await openWorkflow({ inputs: host.inputs, settings });
  main = await site.change('Main');
  topic = await site.branch('topic', 'Topic');
});
beforeEach(() => {
  site.github.state.rights = allRights;
  canary = join(tempFolder(), 'canary');
});
afterAll(async () => {
  await host.stop();
  await site.close();
});

/** Everything that others would see of a run. */
const traces = () => [host.asked.length, site.github.state.deployments.length, site.github.state.comments.length];

describe.each([
  ['a fork', { from: fork, author: 'mallory' }],
  ['Dependabot', { author: 'dependabot[bot]' }],
])('a pull request of %s', (_, whose) => {
  const run = (inputs: Record<string, string>) => {
    site.github.state.rights = { ...allRights, deployments: 'read', 'pull-requests': 'read' };
    return site.run(pullRequest('opened', { number: 7, ...topic, ...whose }), { inputs });
  };

  test('is built and checked without secrets, and not deployed', async () => {
    const before = traces();
    const job = await run({ ...noSecrets, 'build-command': `touch ${canary}` });
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
    expect(job.log).toContain('✓ Build');
    expect(job.log).toMatch(/^::notice::.*gives the run no secrets/m);
    expect(job.log).not.toMatch(/^::warning::/m);
    expect(job.summary).toContain('docs/previews.md');
    expect(existsSync(canary)).toBe(true);
    expect(traces()).toEqual(before);
  });
});

describe('code of a fork where there are secrets', () => {
  const refused = (job: Job) => {
    expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(job.log).toMatch(/^::error::.*gives this job secrets, and the code comes from a fork/m);
    expect(existsSync(canary)).toBe(false);
  };
  const inputs = () => ({ 'build-command': `touch ${canary}` });

  test('does not run on pull_request_target', async () => {
    const before = traces();
    const facts = { number: 7, ...topic, from: fork, author: 'mallory' };
    refused(await site.run(pullRequest('opened', facts, 'pull_request_target'), { inputs: inputs() }));
    expect(traces()).toEqual(before);
  });

  test('does not run on workflow_run', async () => {
    const before = traces();
    refused(await site.run(workflowRun({ id: 900, head: topic.head, from: fork }, topic.merge), { inputs: inputs() }));
    expect(traces()).toEqual(before);
  });

  test.each([
    ['deploy', {}],
    ['sync', { 'static-dir': 'pages/static', bucket: 'site', endpoint: 'http://127.0.0.1:9' }],
  ])('is neither run nor uploaded on a comment, by "command: %s"', async (command, more) => {
    const [asked] = traces();
    const job = await site.run(commented(main), { ref: topic.head, inputs: { ...inputs(), command, ...more } });
    expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(job.log).toMatch(/^::error::.*issue_comment gives this job secrets, and [0-9a-f]{40} is checked out/m);
    expect(existsSync(canary)).toBe(false);
    expect(host.asked).toHaveLength(asked ?? 0);
  });
});

describe('a preview of a fork by two workflows', () => {
  const runSecond = (options: JobOptions) =>
    site.run(workflowRun({ id: 950, head: topic.head, from: fork }, main), options);
  let artifact: string;

  test('is built without secrets in the first', async () => {
    site.github.state.rights = { ...allRights, deployments: 'read', 'pull-requests': 'read' };
    const facts = { number: 7, ...topic, from: fork, author: 'mallory' };
    // Somebody else's pull request has the very same head, and is not the one that was built.
    site.github.state.pulls.push({ number: 6, open: true, head: topic.head });
    site.github.state.pulls.push({ number: 7, open: true, head: topic.head, from: fork });
    const built = await site.run(pullRequest('opened', facts), {
      ref: topic.head,
      inputs: { command: 'build', 'deploy-hook': '', 'host-options': '' },
    });
    expect(built).toMatchObject({ exitCode: 0, outputs: { status: 'built' } });
    artifact = built.outputs['artifact-path'] ?? '';
  });

  test('is live by the second, where no Python is and nothing of the fork runs', async () => {
    const job = await runSecond({ inputs: { artifact, install: 'auto' }, env: { PATH: '/nowhere' } });
    expect(job.log).toContain('Live: ');
    expect(job.outputs).toMatchObject({ status: 'live', environment: 'preview/pr-7', url: `${host.origin}/pr-7` });
    expect(host.previews.get('7')).toBe(topic.head);
    expect(site.comment()).toContain(`/commit/${topic.head}`);
    expect(site.github.state.deployments.at(-1)).toMatchObject({ sha: topic.head, environment: 'preview/pr-7' });
  });

  test('is not made again when the pull request is closed, or the first has failed', async () => {
    const asked = host.asked.length;
    for (const pull of site.github.state.pulls) pull.open = false;
    const late = await runSecond({ inputs: { artifact, install: 'auto' } });
    expect(late.outputs.status).toBe('skipped');
    const failed = workflowRun({ id: 951, head: topic.head, from: fork, conclusion: 'failure' }, main);
    expect((await site.run(failed, { inputs: { artifact, install: 'auto' } })).outputs.status).toBe('skipped');
    expect(host.asked).toHaveLength(asked);
  });

  test('is left when a run of the fork closes it, because that has no secrets', async () => {
    const facts = { number: 7, ...topic, from: fork, author: 'mallory' };
    const job = await site.run(pullRequest('closed', facts), { inputs: noSecrets });
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'skipped' } });
    expect(host.previews.has('7')).toBe(true);
  });
});
