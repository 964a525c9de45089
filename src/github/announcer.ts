import type { Clock } from '../core/ports.ts';
import { type Coalescer, createCoalescer } from '../lib/coalescer.ts';
import { type Doing, renderComment } from '../report/comment-text.ts';
import type { Report } from '../report/report.ts';
import { type CommentKey, commentHead, writeComment } from './comment.ts';
import {
  beginDeployment,
  type DeployedRelease,
  type DeploymentLife,
  endOf,
  findDeployment,
  removeEnvironment,
  resumeDeployment,
} from './deployment.ts';
import { type GitHub, isGitHubError } from './github.ts';
import { explainProblems } from './permissions.ts';

/** What is announced, and where. It holds data alone, so that the end of the job can take it up again. */
export interface Announcement extends Omit<DeployedRelease, 'sha'> {
  /** Undefined where a rollback has not found out yet to which it leads. */
  readonly sha: string | undefined;
  readonly doing: Doing;
  /** Page of the repository. */
  readonly repositoryUrl: string;
  /** The pull request to comment on. */
  readonly issue: number | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The deployment that was begun before, when this takes up what was left open. */
  readonly deploymentId?: number;
}

export interface AnnouncerIO {
  readonly github: GitHub;
  readonly clock: Clock;
  /** Called once, with the deployment that the run has to close. Absent: what was begun is ended, and nothing is begun. */
  readonly onDeployment?: (id: number) => void;
}

/** Says at GitHub how a run goes, as a deployment and a comment. It never fails and never holds up the run. */
export interface Announcer {
  /** How far the run is. Returns at once; what is overtaken before GitHub took it is left out. */
  progress(report: Report, stage: string): void;
  /** What came out. Returns one warning for all that GitHub did not take. */
  end(report: Report): Promise<string | undefined>;
}

/** The bot as which the token of a job writes. */
const actionsBot = 'github-actions[bot]';

/** A run at one moment; without a stage it has ended. */
interface Moment {
  readonly report: Report;
  readonly stage: string | undefined;
}

/** A place at GitHub where the run is shown. */
interface Channel extends Coalescer<Moment> {
  /** What went wrong the last time. */
  problem(): unknown;
}

/** After a refusal nothing more is tried; after an outage the next moment is. */
function createChannel(show: (moment: Moment) => Promise<void>): Channel {
  let problem: unknown;
  const newest = createCoalescer(async (moment: Moment) => {
    if (problem !== undefined && !isGitHubError(problem, 'unavailable')) return;
    try {
      await show(moment);
      problem = undefined;
    } catch (error) {
      problem = error;
    }
  });
  return { ...newest, problem: () => problem };
}

function deploymentChannel(what: Announcement, { github, onDeployment }: AnnouncerIO): Channel {
  let life: DeploymentLife | undefined =
    what.deploymentId === undefined ? undefined : resumeDeployment(what.deploymentId, what, github);

  async function begin(target: DeployedRelease): Promise<DeploymentLife | undefined> {
    // What has come to its end without us is closed, and never begun.
    if (!onDeployment) return findDeployment(target, github);
    const begun = await beginDeployment(target, github);
    if (!begun.ofJob) onDeployment(begun.id);
    return begun;
  }

  return createChannel(async ({ report, stage }) => {
    if (stage === undefined && report.status === 'removed') {
      return removeEnvironment(what, github);
    }
    // What is being taken away is shown as it was until it is gone; a new deployment would bring its environment back.
    if (what.doing === 'Removing') return;
    const sha = report.sha ?? what.sha;
    if (life === undefined && sha === undefined) return;
    const target = { ...what, sha: sha ?? '' };
    if (stage !== undefined) {
      life ??= await begin(target);
      return life?.running(stage);
    }
    const { state, description } = endOf(report);
    // A run that was nobody's any more before it began has nothing to show.
    life ??= await (state === 'inactive' ? findDeployment(target, github) : begin(target));
    return life?.end(state, description, state === 'success' ? report.url : undefined);
  });
}

function commentChannel(what: Announcement, issue: number, { github, clock }: AnnouncerIO): Channel {
  const key: CommentKey = { issue, identity: what.identity };
  const { length } = commentHead(key, what.order);
  let author: string | undefined;

  async function viewer(): Promise<string> {
    try {
      return await github.viewer();
    } catch (error) {
      if (isGitHubError(error, 'forbidden')) return actionsBot;
      throw error;
    }
  }

  return createChannel(async ({ report, stage }) => {
    author ??= await viewer();
    const text = renderComment({ ...what, app: what.identity.app, report, stage, now: clock.now() }, length);
    const create = report.status !== 'removed' || stage !== undefined;
    await writeComment({ key, author, run: what.order, text, create }, github);
  });
}

export function createAnnouncer(what: Announcement, io: AnnouncerIO): Announcer {
  const channels = [deploymentChannel(what, io)];
  if (what.issue !== undefined) channels.push(commentChannel(what, what.issue, io));
  const show = (moment: Moment) => {
    for (const channel of channels) channel.offer(moment);
  };
  return {
    progress: (report, stage) => show({ report, stage }),
    async end(report) {
      show({ report, stage: undefined });
      await Promise.all(channels.map((channel) => channel.settled()));
      return explainProblems(channels.map((channel) => channel.problem()).filter((problem) => problem !== undefined));
    },
  };
}
