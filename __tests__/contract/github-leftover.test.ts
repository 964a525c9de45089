import { afterAll, expect, jest, test } from '@jest/globals';
import { type Announcement, createAnnouncer } from '../../src/github/announcer.ts';
import { closeLeftover } from '../../src/runner/leftover.ts';
import { atGitHub, closeHttp, type connect } from '../support/github/client.ts';
import { type GitHubEmulator, githubToken, repository } from '../support/github/emulator.ts';
import { allRights } from '../support/github/state.ts';
import { identityOf } from '../support/identity.ts';
import { sampleReports } from '../support/report.ts';

afterAll(closeHttp);

const announcement: Announcement = {
  doing: 'Deploying',
  sha: sampleReports.live.sha,
  identity: identityOf('preview/pr-7'),
  release: '5ad1c8f0d0d1-42.1',
  runUrl: 'https://github.com/octo/site/actions/runs/1001',
  repositoryUrl: 'https://github.com/octo/site',
  transient: true,
  production: false,
  order: { id: 1001, attempt: 1 },
  issue: 7,
  startedAt: Date.parse('2026-03-01T12:00:00Z'),
};

/** The end of a job whose step left this behind; returns what it wrote to the log. */
async function post({ api }: GitHubEmulator, left: string, token = githubToken): Promise<string> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    const input = (name: string) => (name === 'github-token' ? token : '');
    await closeLeftover(left, input, { GITHUB_REPOSITORY: repository, GITHUB_API_URL: api });
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}

/** A step that was killed while it ran this stage: what it saved for the end of the job. */
async function killed({ github, clock }: ReturnType<typeof connect>, what = announcement): Promise<Announcement> {
  let saved = what;
  const onDeployment = (deploymentId: number) => {
    saved = { ...what, deploymentId };
  };
  const { progress } = createAnnouncer(what, { github, clock, onDeployment });
  progress({ ...sampleReports.running, sha: what.sha }, 'Upload');
  for await (const _ of untilShown(github, what)) await new Promise((resolve) => setTimeout(resolve, 10));
  return saved;
}

/** Ends once GitHub shows the stage in both places. */
async function* untilShown(
  { deployments, deploymentStatuses, comments }: ReturnType<typeof connect>['github'],
  what: Announcement,
) {
  for (;;) {
    let shown = 0;
    for await (const [deployment] of deployments(what.identity.name)) {
      const [latest] = deployment ? await deploymentStatuses(deployment.id) : [];
      if (latest?.state === 'in_progress') shown += 1;
    }
    for await (const page of comments(what.issue ?? 0)) if (page.length > 0) shown += 1;
    if (shown === 2) return;
    yield shown;
  }
}

test('a step that was killed leaves no deployment in progress and no comment that says so', async () => {
  await atGitHub({}, async (emulator, connected) => {
    const { state } = emulator;
    const left = await killed(connected);
    const log = await post(emulator, JSON.stringify(left));
    expect(state.deployments.map(({ statuses }) => statuses.map((one) => one.state))).toEqual([
      ['queued', 'in_progress', 'error'],
    ]);
    expect(state.comments).toHaveLength(1);
    expect(state.comments[0]?.body).toContain('The run was ended before it came to its end.');
    expect(state.comments[0]?.body).not.toContain('🔄');
    expect(log).toBe(`::add-mask::${githubToken}\n`.replaceAll('\n', process.platform === 'win32' ? '\r\n' : '\n'));
  });
});

test('the comment is closed too where the job’s own deployment is GitHub’s to close', async () => {
  await atGitHub({}, async (emulator, connected) => {
    const { state } = emulator;
    const job = state.jobDeployment('preview/pr-7', announcement.sha ?? '', `${announcement.runUrl}/job/1`);
    const left = await killed(connected);
    expect(left).toEqual(announcement);
    await post(emulator, JSON.stringify(left));
    expect(state.deployments).toEqual([job]);
    expect(job.statuses.map((one) => one.state)).toEqual(['in_progress']);
    expect(state.comments[0]?.body).toContain('The run was ended before it came to its end.');
  });
});

test('a deployment that was made and not yet remembered is found', async () => {
  await atGitHub({}, async (emulator, connected) => {
    await killed(connected);
    await post(emulator, JSON.stringify(announcement));
    expect(emulator.state.deployments).toHaveLength(1);
    expect(emulator.state.deployments[0]?.statuses.at(-1)?.state).toBe('error');
  });
});

test('a rollback that was killed before it knew where it leads leaves nothing', async () => {
  await atGitHub({}, async (emulator) => {
    await post(emulator, JSON.stringify({ ...announcement, sha: undefined, issue: undefined }));
    expect(emulator.state.deployments).toEqual([]);
  });
});

test.each([
  ['that is nothing', '', /^$/],
  ['that somebody else wrote', '{"environment":7}', /its state of the job is invalid, `identity` is missing/],
  ['that is no JSON', 'x', /its state of the job is invalid, it is not JSON/],
])('of a state %s nothing is made', async (_, left, said) => {
  await atGitHub({}, async (emulator) => {
    expect(await post(emulator, left)).toMatch(said);
    expect(emulator.requests).toEqual([]);
  });
});

test('without a token nobody is asked', async () => {
  await atGitHub({}, async (emulator) => {
    await post(emulator, JSON.stringify(announcement), '');
    expect(emulator.requests).toEqual([]);
  });
});

test('what the token may not do is one warning, and never fails the job', async () => {
  await atGitHub({}, async (emulator) => {
    emulator.state.rights = { ...allRights, deployments: 'read', 'pull-requests': 'read' };
    expect(await post(emulator, JSON.stringify(announcement))).toMatch(/::warning::The deploy is not affected/);
  });
});
