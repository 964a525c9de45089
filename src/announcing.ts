import type { Context } from './context.ts';
import { type Announcement, type Announcer, createAnnouncer } from './github/announce.ts';
import type { GitHub } from './github/github.ts';
import type { Inputs } from './inputs.ts';
import type { RunPlan } from './plan.ts';
import type { Report } from './report/report.ts';
import type { Ports } from './run.ts';

/** Commands that change something that people look at. */
const announced: readonly RunPlan['kind'][] = ['deploy', 'preview', 'teardown', 'rollback'];

/** What is said at GitHub of a run; undefined where there is nothing to say or nobody to say it as. */
export function announcementOf(
  inputs: Inputs,
  context: Context,
  plan: RunPlan,
  startedAt: number,
): Announcement | undefined {
  if (!announced.includes(plan.kind) || inputs.dryRun || !inputs.githubToken) return undefined;
  const { pullRequest, sha, runUrl, order, repositoryUrl } = context;
  return {
    sha,
    environment: plan.environment,
    app: inputs.workingDirectory,
    release: plan.release,
    runUrl,
    transient: plan.kind === 'preview' || plan.kind === 'teardown',
    production: plan.environment === 'production',
    order,
    repositoryUrl,
    issue: inputs.comment ? pullRequest?.number : undefined,
    startedAt,
  };
}

/** The report without secrets: it goes where the runner masks nothing. */
export const redacted = (report: Report, { redactor }: Pick<Ports, 'redactor'>): Report =>
  JSON.parse(JSON.stringify(report), (_, value) =>
    typeof value === 'string' ? redactor.whole(value) : value,
  ) as Report;

/** An announcer whose deployment and comment the end of the job closes, should this run not come to its end. */
export function openAnnouncer(
  what: Announcement,
  github: GitHub,
  ports: Ports,
  onDeployment: (id: number) => void,
): Announcer {
  ports.saveAnnouncement(what);
  return createAnnouncer(what, {
    github,
    clock: ports.clock,
    onDeployment(id) {
      onDeployment(id);
      ports.saveAnnouncement({ ...what, deploymentId: id });
    },
  });
}
