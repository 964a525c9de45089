import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { type ActionResult, type ActionRun, runAction, runPost } from '../../demo/parts/action.ts';
import type { BucketServer } from '../../demo/parts/bucket.ts';
import { bucketSettings, type Project, startProject } from './django-project.ts';
import {
  type GitHubEmulator,
  type GitHubOptions,
  githubToken,
  repository,
  repositoryId,
  startGitHub,
} from './github/emulator.ts';
import { type Happening, pullRequest } from './github/events.ts';
import type { StoredDeployment } from './github/samples.ts';
import { tempFolder } from './project.ts';

type Inputs = Readonly<Record<string, string>>;

export interface JobOptions extends Pick<ActionRun, 'signal' | 'crash' | 'onOutput'> {
  readonly inputs?: Inputs;
  /** Variables of the runner. */
  readonly env?: Readonly<Record<string, string>>;
  /** Id of the run; the next one where absent. */
  readonly run?: number;
  readonly attempt?: number;
  /** `ref` of actions/checkout; the commit of the event where absent. */
  readonly ref?: string;
}

/** A job that has ended, with what it takes to end it as the runner does. */
export interface Job extends ActionResult {
  readonly id: number;
  /** The step at the end of the job. */
  post(): Promise<ActionResult>;
}

/** A repository at an emulated GitHub, with a workflow of one step that runs on everything. */
export interface Workflow {
  readonly github: GitHubEmulator;
  readonly project: Project;
  /** Changes what visitors see, and returns the commit on main. */
  change(what: string): Promise<string>;
  /** Changes it on a branch, which begins at main, and returns its head and the merge commit that GitHub would make of it. */
  branch(name: string, what: string): Promise<{ head: string; merge: string }>;
  /** Checks out what the runner would, in a folder of its own, and runs the step. */
  run(happening: Happening, options?: JobOptions): Promise<Job>;
  /** Something happens to a pull request, whose state at GitHub is that from then on. */
  pull(action: string, number: number, commits: { head: string; merge: string }, options?: JobOptions): Promise<Job>;
  /** The only comment of ours on a pull request. */
  comment(number?: number): string;
  close(): Promise<void>;
}

export interface WorkflowOptions {
  readonly inputs: Inputs;
  readonly github?: GitHubOptions;
  /** Settings of the project, after those that `startproject` wrote. */
  readonly settings: string;
  /** Packages of the project. */
  readonly packages?: readonly string[];
}

/** What the step needs for a bucket. */
export const bucketInputs = (server: BucketServer, bucket: string): Inputs => ({
  bucket,
  endpoint: server.endpoint,
  'access-key-id': 'test-key',
  'secret-access-key': 'test-secret',
  acl: 'public-read',
});

/** Settings that take STATIC_URL from the environment, as a preview needs it; production's is written down. */
export const previewSettings = (staticUrl: string): string =>
  bucketSettings(staticUrl).replace(/^STATIC_URL = (.*)$/m, 'STATIC_URL = os.environ.get("STATIC_URL", $1)');

export async function openWorkflow({ inputs, settings, ...more }: WorkflowOptions): Promise<Workflow> {
  const github = await startGitHub(more.github);
  const project = await startProject('Django', more.packages);
  await project.append('site1/settings.py', settings);
  github.state.history.push(await project.commit('Begin'));
  let last = 1_000;

  const { git } = project;
  const checkouts = tempFolder();

  async function commit(what: string): Promise<string> {
    await project.append('pages/static/pages/home.css', `\n/* ${what} */\n`);
    return project.commit(what);
  }

  async function checkOut(sha: string): Promise<string> {
    const folder = await mkdtemp(join(checkouts, 'checkout-'));
    await git('clone', '--quiet', '--shared', '--no-checkout', project.folder, folder);
    await git('-C', folder, 'checkout', '--quiet', '--detach', sha);
    return folder;
  }

  async function run(happening: Happening, options: JobOptions = {}): Promise<Job> {
    const { run: id = ++last, attempt = 1, ref = happening.sha, env = {}, inputs: others = {}, ...rest } = options;
    last = Math.max(last, id);
    const asked: ActionRun = {
      ...rest,
      workspace: await checkOut(ref),
      sha: happening.sha,
      event: happening.event,
      payload: happening.payload,
      token: githubToken,
      env: {
        ...project.path,
        GITHUB_REPOSITORY: repository,
        GITHUB_REPOSITORY_ID: repositoryId,
        GITHUB_API_URL: github.api,
        GITHUB_RUN_ID: String(id),
        GITHUB_RUN_NUMBER: String(id - 1_000),
        GITHUB_RUN_ATTEMPT: String(attempt),
        ...happening.env,
        ...env,
      },
      inputs: { install: 'none', ...inputs, ...others },
    };
    const result = await runAction(asked);
    return { ...result, id, post: () => runPost(asked, result) };
  }

  return {
    github,
    project,
    async change(what) {
      await git('checkout', '--quiet', 'main');
      const sha = await commit(what);
      github.state.history.push(sha);
      return sha;
    },
    async branch(name, what) {
      const known = await git('branch', '--list', name);
      await git('checkout', '--quiet', ...(known ? [name] : ['-b', name, 'main']));
      const head = await commit(what);
      await git('checkout', '--quiet', '--detach', 'main');
      await git('merge', '--quiet', '--no-ff', '--message', `Merge ${name}`, head);
      return { head, merge: await git('rev-parse', 'HEAD') };
    },
    run,
    async pull(action, number, commits, options) {
      const { pulls } = github.state;
      const known = pulls.find((one) => one.number === number);
      const now = { number, open: action !== 'closed', head: commits.head };
      if (known) Object.assign(known, now);
      else pulls.push(now);
      return run(pullRequest(action, { number, ...commits }), options);
    },
    comment(number = 7) {
      const ours = github.state.comments.filter(
        ({ issue, author, body }) =>
          issue === number && author.endsWith('[bot]') && body.startsWith('<!-- deploy-django'),
      );
      if (ours.length !== 1) throw new Error(`There are ${ours.length} comments of ours on #${number}.`);
      return ours[0]?.body ?? '';
    },
    async close() {
      await github.stop();
      await project.remove();
      if (github.complaints.length > 0) throw new Error(github.complaints.join('\n'));
    },
  };
}

/** The life of a deployment as GitHub keeps it, oldest state first. */
export const statesOf = (deployment: StoredDeployment | undefined): string[] =>
  (deployment?.statuses ?? []).map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);

/** Where each deployment of an environment is now, oldest first. */
export const standing = ({ state }: GitHubEmulator, environment: string): (string | undefined)[] =>
  state.deployments.filter((one) => one.environment === environment).map(({ statuses }) => statuses.at(-1)?.state);
