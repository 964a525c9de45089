import * as core from '@actions/core';
import { type Announcement, createAnnouncer } from '../github/announcer.ts';
import { Secret } from '../lib/secret.ts';
import { emptyReport } from '../report/report.ts';
import { createHttp } from './http-client.ts';
import { createGitHub } from './octokit-github.ts';
import { systemClock } from './system-clock.ts';

/** Milliseconds that the end of the job may take for it. */
const patience = 30_000;

/** What was being announced when the step came to no end of its own; undefined where that is nothing, or not readable. */
function readAnnouncement(text: string): Announcement | undefined {
  try {
    const found = JSON.parse(text) as Partial<Announcement>;
    return typeof found.identity === 'object' && typeof found.release === 'string' && typeof found.order === 'object'
      ? (found as Announcement)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Closes the deployment and the comment of a step that was ended before it could. */
export async function closeLeftover(
  text: string,
  input: (name: string) => string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const what = readAnnouncement(text);
  const token = input('github-token');
  if (!what || token === '') return;
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
