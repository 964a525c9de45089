import { afterAll, describe, expect, test } from '@jest/globals';
import { type Announcement, createAnnouncer } from '../../src/github/announcer.ts';
import { beginDeployment } from '../../src/github/deployment.ts';
import type { Report } from '../../src/report/report.ts';
import { atGitHub, closeHttp, type connect } from '../support/github/client.ts';
import { allRights, type GitHubState, type TokenRights } from '../support/github/state.ts';
import { identityOf } from '../support/identity.ts';
import { sampleReports } from '../support/report.ts';

afterAll(closeHttp);

const announcement: Announcement = {
  doing: 'Deploying',
  sha: sampleReports.live.sha ?? '',
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

function announce({ github, clock }: ReturnType<typeof connect>, changes: Partial<Announcement> = {}) {
  const begun: number[] = [];
  const onDeployment = (id: number) => void begun.push(id);
  return { ...createAnnouncer({ ...announcement, ...changes }, { github, clock, onDeployment }), begun };
}

const last = ({ deployments }: GitHubState) => deployments[0]?.statuses.at(-1);

describe('a run is shown as a deployment and a comment', () => {
  test.each<[string, Report, string, string]>([
    ['that gets live', sampleReports.live, 'success', '</span> Live'],
    ['that fails', sampleReports.failed, 'failure', "No module named 'harbour.tides'"],
  ])('%s', async (_, report, state, words) => {
    await atGitHub({}, async (emulator, connected) => {
      const { progress, end, begun } = announce(connected);
      progress(sampleReports.running, 'Upload');
      expect(await end(report)).toBeUndefined();
      expect(emulator.state.comments).toHaveLength(1);
      expect(emulator.state.comments[0]?.body).toContain(words);
      expect(last(emulator.state)).toMatchObject({ state, environment_url: report.url ?? '' });
      expect(begun).toEqual([emulator.state.deployments[0]?.id]);
    });
  });

  test('and a preview that was taken away is said to be, once', async () => {
    await atGitHub({}, async ({ state }, connected) => {
      await announce(connected).end(sampleReports.live);
      const { progress, end } = announce(connected, { doing: 'Removing', order: { id: 1002, attempt: 1 } });
      progress(sampleReports.running, 'Preview');
      await end(sampleReports.removed);
      expect(state.comments.map(({ body }) => /<\/span> (\w+)/.exec(body)?.[1])).toEqual(['Removed']);
      expect(state.deployments).toEqual([]);
    });
  });

  test('and nothing is said of a preview that never was', async () => {
    await atGitHub({}, async ({ state }, connected) => {
      expect(await announce(connected, { doing: 'Removing' }).end(sampleReports.removed)).toBeUndefined();
      expect([state.comments, state.deployments]).toEqual([[], []]);
    });
  });

  test('and a preview that could not be taken away stays as it was, and the comment says why', async () => {
    await atGitHub({}, async ({ state }, connected) => {
      await announce(connected).end(sampleReports.live);
      const { progress, end } = announce(connected, { doing: 'Removing', order: { id: 1002, attempt: 1 } });
      progress(sampleReports.running, 'Preview');
      expect(await end(sampleReports.failed)).toBeUndefined();
      expect(state.deployments.map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['success']);
      expect(state.comments.map(({ body }) => /<\/span> (\w+)/.exec(body)?.[1])).toEqual(['Failed']);
    });
  });

  test('what a crash left open is taken up again', async () => {
    await atGitHub({}, async ({ state }, connected) => {
      const { progress, begun } = announce(connected);
      progress(sampleReports.running, 'Upload');
      while (begun.length === 0 || state.comments.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      const [deploymentId = 0] = begun;
      const error = { code: 'CANCELLED', message: 'The run was cancelled.', hint: undefined } as const;
      await announce(connected, { deploymentId }).end({ ...sampleReports.running, error });
      expect(last(state)?.state).toBe('error');
      expect(state.deployments).toHaveLength(1);
      expect(state.comments).toHaveLength(1);
      expect(state.comments[0]?.body).toContain('The run was cancelled.');
    });
  });
});

describe('a rollback', () => {
  const back = { environment: 'production', transient: false, production: true, issue: undefined, sha: undefined };
  const unknown: Report = { ...sampleReports.live, status: 'rolled-back', sha: undefined, reason: 'Back.' };

  test('is shown at the commit that it leads to, as what is live', async () => {
    await atGitHub({}, async ({ state }, connected) => {
      const { progress, end } = announce(connected, back);
      progress({ ...unknown, sha: announcement.sha }, 'Rollback');
      expect(await end({ ...unknown, sha: announcement.sha })).toBeUndefined();
      expect(state.deployments.map(({ sha }) => sha)).toEqual([announcement.sha]);
      expect(last(state)).toMatchObject({ state: 'success', description: 'Back.' });
    });
  });

  test('is not shown where nobody knows that commit', async () => {
    await atGitHub({}, async ({ state }, connected) => {
      const { progress, end } = announce(connected, back);
      progress(unknown, 'Rollback');
      expect(await end(unknown)).toBeUndefined();
      expect(state.deployments).toEqual([]);
    });
  });
});

test('of many moments the newest is shown, and the rest is not waited for', async () => {
  await atGitHub({}, async (emulator, connected) => {
    const { progress, end } = announce(connected);
    for (let number = 0; number < 50; number++) progress(sampleReports.running, `Stage ${number}`);
    await end(sampleReports.live);
    expect(emulator.requests.length).toBeLessThan(20);
    expect(emulator.state.comments[0]?.body).toContain('</span> Live');
  });
});

test('the longest report fits, and the cut is no half of a row', async () => {
  await atGitHub({}, async ({ state }, connected) => {
    const warnings = Array.from({ length: 5_000 }, (_, at) => `Warning ${at} about „${'ü'.repeat(20)}“`);
    expect(await announce(connected).end({ ...sampleReports.live, warnings })).toBeUndefined();
    const [{ body } = { body: '' }] = state.comments;
    expect(body.length).toBeGreaterThan(65_000);
    expect(body).toMatch(/“\n\n<\/details>\n\n_Cut: the report has the rest\._\n$/);
  });
});

describe('what the token may not do is one warning with the lines to add', () => {
  test.each<[string, Partial<TokenRights>, string[], boolean]>([
    [
      'nothing',
      { 'pull-requests': 'read', deployments: 'read' },
      ['deployments: write', 'pull-requests: write'],
      false,
    ],
    ['no deployments', { deployments: 'none' }, ['deployments: write'], true],
  ])('%s', async (_, rights, lines, commented) => {
    await atGitHub({}, async ({ state }, connected) => {
      state.rights = { ...allRights, ...rights };
      const { progress, end } = announce(connected);
      progress(sampleReports.running, 'Build');
      const warning = await end(sampleReports.live);
      const yaml = ['permissions:', ...['contents: read', ...lines].map((line) => `  ${line}`)].join('\n');
      expect(warning).toMatch(new RegExp(`\n${yaml}$`));
      expect(state.comments).toHaveLength(commented ? 1 : 0);
    });
  });
});

test('a locked conversation is one warning, and is not tried again', async () => {
  await atGitHub({}, async ({ state, requests }, connected) => {
    state.locked.add(7);
    const { progress, end } = announce(connected);
    progress(sampleReports.running, 'Build');
    while (!requests.some(({ method, path }) => method === 'POST' && path.endsWith('/comments'))) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await end(sampleReports.live)).toContain('issue is locked');
    expect(requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/comments'))).toHaveLength(1);
    expect(last(state)?.state).toBe('success');
  });
});

test('GitHub that is down for good holds nothing up and is one warning', async () => {
  await atGitHub({ fault: () => ({ status: 503, body: '' }) }, async (_, connected) => {
    const warning = await announce(connected).end(sampleReports.live);
    expect(warning).toMatch(/does not affect the deploy: .*HTTP 503/);
  });
});

test('an app writes as itself', async () => {
  await atGitHub({ login: 'harbour-deploys[bot]' }, async ({ state }, connected) => {
    state.comment('github-actions[bot]', 'by another workflow');
    for (const report of [sampleReports.failed, sampleReports.live]) await announce(connected).end(report);
    expect(state.comments.map(({ author }) => author)).toEqual(['github-actions[bot]', 'harbour-deploys[bot]']);
  });
});

describe('at the end of a job that was lost', () => {
  const close = ({ github, clock }: ReturnType<typeof connect>) =>
    createAnnouncer(announcement, { github, clock }).end(sampleReports.failed);

  test('the deployment is closed that was made when nobody wrote down its id any more', async () => {
    await atGitHub({}, async ({ state }, connected) => {
      await beginDeployment({ ...announcement, sha: sampleReports.failed.sha ?? '' }, connected.github);
      expect(await close(connected)).toBeUndefined();
      expect(state.deployments.map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['failure']);
      expect(state.comments).toHaveLength(1);
    });
  });

  test('none is begun where none was', async () => {
    await atGitHub({}, async ({ state }, connected) => {
      await close(connected);
      expect(state.deployments).toEqual([]);
    });
  });
});

test('a run that was overtaken before it began has a comment and no deployment', async () => {
  await atGitHub({}, async ({ state }, connected) => {
    await announce(connected).end({ ...sampleReports.live, status: 'superseded' });
    expect(state.deployments).toEqual([]);
    expect(state.comments[0]?.body).toContain('Superseded');
  });
});
