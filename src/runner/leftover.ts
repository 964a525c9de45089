import * as core from '@actions/core';
import * as v from 'valibot';
import { type Announcement, createAnnouncer } from '../github/announcer.ts';
import { count, filled, parseJson } from '../lib/json-shape.ts';
import { Secret } from '../lib/secret.ts';
import { doings } from '../report/comment-text.ts';
import { emptyReport } from '../report/report.ts';
import { createHttp } from './http-client.ts';
import { createGitHub } from './octokit-github.ts';
import { systemClock } from './system-clock.ts';

/** Milliseconds that the end of the job may take for it. */
const patience = 30_000;

/** What the step left in the state of the job, which others can write to. */
const announcementSchema = v.object({
  identity: v.object({ repository: v.string(), app: v.string(), kind: v.picklist(['push', 'preview']), name: filled }),
  runUrl: v.string(),
  sha: v.exactOptional(filled),
  release: filled,
  order: v.object({ id: count(), attempt: count() }),
  transient: v.boolean(),
  production: v.boolean(),
  doing: v.picklist(doings),
  repositoryUrl: v.string(),
  issue: v.exactOptional(count(1)),
  startedAt: v.number(),
  deploymentId: v.exactOptional(count(1)),
});

/** Closes the deployment and the comment of a step that was ended before it could. */
export async function closeLeftover(
  text: string,
  input: (name: string) => string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (text === '') return;
  const { value, wrong } = parseJson(text, announcementSchema);
  if (wrong !== undefined) {
    core.warning(`What this step left open at GitHub is not closed: its state of the job is invalid, ${wrong}.`);
    return;
  }
  const what: Announcement = { sha: undefined, issue: undefined, ...value };
  const token = input('github-token');
  if (token === '') return;
  core.setSecret(token);
  const http = createHttp('deploy-django');
  const github = createGitHub({
    token: new Secret(token),
    repository: env.GITHUB_REPOSITORY ?? '',
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
    http,
    clock: systemClock,
    random: Math.random,
    signal: AbortSignal.timeout(patience),
  });
  const { identity, release, sha } = what;
  const reason = 'The run was ended before it came to its end.';
  const error = { code: 'CANCELLED', message: reason, hint: undefined } as const;
  const announcer = createAnnouncer(what, { github, clock: systemClock });
  const warning = await announcer.end({
    ...emptyReport(),
    status: 'failed',
    reason,
    environment: identity.name,
    release,
    sha,
    error,
  });
  if (warning) core.warning(warning);
  await http.close();
}
