import { copyFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type Loot, type MaliciousProject, places, startMalicious } from '../support/malicious.ts';
import { runnerReads } from '../support/runner-parser.ts';
import { type LoopbackServer, serveHttp } from '../support/server.ts';

/** A project whose every piece of code is malicious: what it gets to see, and what it gets to say, in one job and in two. */
let bucket: BucketServer;
let host: LoopbackServer;
let project: MaliciousProject;
let sha: string;
const asked: string[] = [];

beforeAll(async () => {
  bucket = await startBucketServer();
  await bucket.createBucket('malicious');
  host = await serveHttp((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('x-release', sha);
    response.end('<p>A page</p>');
  });
  project = await startMalicious(`${bucket.endpoint}/malicious/static/`);
  sha = await project.commit();
});
afterAll(async () => {
  await host.stop();
  await bucket.stop();
  await project.remove();
});

/** The log as the runner shows it: the values to mask are told in lines that nobody sees. */
const shownLog = ({ log }: ActionResult) => log.replace(/^::add-mask::.*$/gm, '');

interface Given {
  readonly env: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
}

/** What a job that deploys is given, with the word of secrets in all that is one. */
function forDeploy(): Given {
  const secret = (name: string) => `${project.secretWord}-${name}`;
  return {
    env: {
      GITHUB_TOKEN: secret('github'),
      ACTIONS_RUNTIME_TOKEN: secret('runtime'),
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret('oidc'),
      AWS_ACCESS_KEY_ID: secret('aws-id'),
      AWS_SECRET_ACCESS_KEY: secret('aws-key'),
      AWS_SESSION_TOKEN: secret('aws-session'),
      OF_ANOTHER_STEP: secret('other'),
    },
    inputs: {
      bucket: 'malicious',
      endpoint: bucket.endpoint,
      'access-key-id': secret('key-id'),
      'secret-access-key': secret('key'),
      acl: 'public-read',
      host: 'hook',
      'deploy-hook': `${host.origin}/hook?key=${secret('hook')}`,
      'host-token': secret('host'),
      url: host.origin,
      timeout: '1m',
    },
  };
}

/** What a job that builds is given, with the other word in all that the log must not show. */
function forBuild(): Given {
  const hidden = (name: string) => `${project.privateWord}-${name}`;
  return {
    env: {
      UV_INDEX_OURS_PASSWORD: hidden('index'),
      // Else what one job has built is not built again in the next.
      UV_NO_CACHE: '1',
      // Of an installer that this project does not use, so that nobody asks it.
      POETRY_REPOSITORIES_OURS_URL: `https://bob:${hidden('url')}@pypi.example.com/simple`,
    },
    inputs: { env: `SECRET_OF_THE_BUILD=${hidden('build')}` },
  };
}

/** Runs a step with all of that, and with some inputs of its own. */
const step = (workspace: string, given: readonly Given[], inputs: Given['inputs']): Promise<ActionResult> =>
  runAction({
    workspace,
    sha,
    env: Object.assign({}, ...given.map(({ env }) => env)),
    inputs: Object.assign({}, ...given.map((one) => one.inputs), inputs),
  });

/** Commands of the log that a run of ours gives. */
const ours = ['add-mask', 'group', 'endgroup', 'stop-commands', 'warning', 'notice', 'error', 'debug'];

function expectNoForgery(result: ActionResult): void {
  const { obeyed, stopped } = runnerReads(result.log);
  const others = obeyed.filter(({ name }) => !ours.includes(name) && !/^deploy-django-[0-9a-f]{32}$/.test(name));
  expect(others).toEqual([]);
  // What the code printed can be quoted in the message of an error, where it is text.
  const said = obeyed.filter(({ name }) => name !== 'error');
  expect(said.filter((command) => JSON.stringify(command).includes('forged'))).toEqual([]);
  expect(obeyed.filter(({ name }) => name === 'stop-commands')).toHaveLength(
    obeyed.filter(({ name }) => name.startsWith('deploy-django-')).length,
  );
  expect(stopped).toBe(false);
  expect(JSON.stringify([result.outputs, result.state, result.later])).not.toContain('forged');
  expect(result.later).toEqual({ env: '', path: '' });
}

/** Everything that a run leaves for others to see. */
async function leftBehind(result: ActionResult): Promise<Record<string, string>> {
  const artifact = result.outputs['artifact-path'];
  const listed = await (await fetch(`${bucket.endpoint}/malicious?list-type=2`)).text();
  const keys = [...listed.matchAll(/<Key>([^<]+)</g)].map(([, key = '']) => key);
  const objects = await Promise.all(
    keys.map(async (key) => [key, await (await fetch(`${bucket.endpoint}/malicious/${key}`)).text()] as const),
  );
  return {
    ...Object.fromEntries(objects),
    log: shownLog(result),
    outputs: JSON.stringify(result.outputs),
    state: JSON.stringify(result.state),
    summary: result.summary,
    report: await readFile(result.outputs.report ?? '', 'utf8'),
    artifact: artifact ? gunzipSync(await readFile(artifact)).toString('latin1') : '',
  };
}

async function expectNoSecrets(result: ActionResult): Promise<void> {
  for (const [place, text] of Object.entries(await leftBehind(result))) {
    expect([place, text.includes(project.secretWord)]).toEqual([place, false]);
    expect([place, text.includes(project.privateWord)]).toEqual([place, false]);
  }
}

describe('a deploy of a malicious project', () => {
  let result: ActionResult;
  let loot: Readonly<Record<string, Loot>>;

  beforeAll(async () => {
    result = await step(project.folder, [forDeploy(), forBuild()], project.inputs);
    loot = await project.loot();
  });

  test('comes to its end, and tells every stage to whom it belongs', () => {
    expect(shownLog(result)).toContain('✓ Proof: commit');
    expect(result.outputs).toMatchObject({ status: 'live', url: host.origin });
    expect(result.exitCode).toBe(0);
    expect(asked.filter((line) => line.startsWith('POST'))).toHaveLength(1);
    expect(Object.keys(loot).sort()).toEqual([...places].sort());
  });

  test.each(places)('shows no secret to what runs as %s, in its own environment or in that of others', (place) => {
    const { environment, others } = loot[place] ?? {};
    expect(JSON.stringify(environment)).not.toContain(project.secretWord);
    const forbidden = /^(INPUT_|ACTIONS_|AWS_|STATE_|GITHUB_(?!ACTIONS$))/i;
    expect(Object.keys(environment ?? {}).filter((name) => forbidden.test(name))).toEqual([]);
    expect(others).toEqual([]);
  });

  test('obeys nothing that it printed', () => {
    expectNoForgery(result);
    expect(shownLog(result)).toContain('forged');
  });

  test.each(places)('undoes what %s wrote to the files of commands', (place) => {
    expect(loot[place]?.files.map((file) => file.split('/').at(-1)).sort()).toEqual([
      'add_path',
      'save_state',
      'set_env',
      'set_output',
      'step_summary',
    ]);
    expect(shownLog(result)).toMatch(
      /^::warning::The project's code wrote to GITHUB_OUTPUT, GITHUB_STATE, GITHUB_ENV, GITHUB_PATH, GITHUB_STEP_SUMMARY,/m,
    );
    expect(result.summary).toMatch(/^### ✅/);
    expect(result.summary).not.toContain('forged');
  });

  test('leaves no secret in log, outputs, summary, report, artifact and bucket', () => expectNoSecrets(result));

  test('runs no program that it put in front of git', () => {
    expect(project.ranFakeGit()).toBe(false);
  });

  test('does not wait for what it left running, which can print nothing more', () => project.silenced());
});

test('a malicious build that fails forges nothing with its last lines either, and they hold no secret', async () => {
  const installed = { env: project.path, inputs: { install: 'none' } };
  const result = await step(project.folder, [forDeploy(), forBuild(), installed], {
    'build-command': 'python mischief.py build-command; exit 3',
  });
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
  expect(shownLog(result)).toContain('build-command failed with exit code 3');
  expectNoForgery(result);
  await expectNoSecrets(result);
});

describe('a malicious project that one job builds and another deploys', () => {
  let built: ActionResult;
  let loot: Readonly<Record<string, Loot>>;

  beforeAll(async () => {
    await project.silenced();
    await project.forget();
    built = await step(project.folder, [forBuild()], { command: 'build', ...project.inputs });
    loot = await project.loot();
    await project.silenced();
    await project.forget();
  });

  test('finds nothing where it runs, in the memory of the action neither', () => {
    expect(built.outputs.status).toBe('built');
    expect(Object.keys(loot).sort()).toEqual([...places].sort());
    expect(JSON.stringify(loot)).not.toContain(project.secretWord);
    // It looked, and some kernels do not let it.
    expect(loot['post-build-command']?.inMemory).not.toBe(true);
    expectNoForgery(built);
  });

  test('runs nowhere else: where the secrets are, nothing of it starts', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'deploy-django-second-'));
    await copyFile(built.outputs['artifact-path'] ?? '', join(workspace, 'artifact.tar.gz'));
    const result = await step(workspace, [forDeploy()], { artifact: 'artifact.tar.gz' });
    expect(shownLog(result)).toContain('✓ Proof: commit');
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live' } });
    expect(await project.loot()).toEqual({});
    expect(project.ranFakeGit()).toBe(false);
    expectNoForgery(result);
    expect(shownLog(result)).not.toContain('forged');
    await expectNoSecrets(result);
    await rm(workspace, { recursive: true });
  });
});

test('the end of the job deletes no folder that a forged state names', async () => {
  const folder = join(project.folder, 'kept');
  await mkdir(folder);
  const { exitCode } = await runAction({
    workspace: project.folder,
    sha,
    inputs: {},
    env: { STATE_scratch: folder },
  });
  expect(exitCode).toBe(0);
  expect((await stat(folder)).isDirectory()).toBe(true);
});
