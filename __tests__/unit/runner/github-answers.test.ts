import { describe, expect, test } from '@jest/globals';
import type { GitHub } from '../../../src/github/github.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createGitHub } from '../../../src/runner/octokit-github.ts';
import { fakeClock, fakeHttp, never } from '../../support/fakes.ts';

/** GitHub, or what stands between here and it, with one answer to every question. */
function answering(body: string, headers: Record<string, string> = { 'content-type': 'application/json' }): GitHub {
  const http = fakeHttp(() => ({ status: 200, headers, body: Buffer.from(body) }));
  const options = { token: new Secret('t'), repository: 'octo/site', apiUrl: 'https://github.example.com/api/v3' };
  return createGitHub({ ...options, http, clock: fakeClock(), random: () => 1, signal: never });
}

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}

const questions: Readonly<Record<string, (github: GitHub) => Promise<unknown>>> = {
  'the list of pull requests': (github) => all(github.openPullRequests()),
  'the list of comments': (github) => all(github.comments(7)),
  'the list of deployments': (github) => all(github.deployments('production')),
  'the states of a deployment': (github) => github.deploymentStatuses(1),
  'pull request #7': (github) => github.pullRequest(7),
  'the comparison of two commits': (github) => github.compare('a', 'b'),
  'whose token this is': (github) => github.viewer(),
  'a comment': (github) => github.createComment(7, 'x'),
};
const pull = { number: 7, state: 'open', head: { sha: 'a', repo: null } };

describe.each(Object.entries(questions))('an answer of 200 to %s', (what, ask) => {
  test.each([
    ['HTML', '<html>Sign in</html>', { 'content-type': 'text/html' }],
    ['HTML that says it is JSON', '<html>Sign in</html>', undefined],
    ['truncated JSON', '[{"id": 1, "numb', undefined],
    ['nothing', '', undefined],
    ['null', 'null', undefined],
    ['an object of another kind', '{"message": "Moved"}', undefined],
    ['a list of another kind', '[[]]', undefined],
    ['a list of nulls', '[null]', undefined],
    ['a word', '"ok"', undefined],
  ])('that is %s is an error of GitHub, and no answer', async (_what, body, headers) => {
    const error = await ask(answering(body, headers)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'GitHubError', kind: 'unavailable' });
    expect((error as Error).message).toContain(`GitHub, ${what}: `);
  });
});

describe('an answer of the wrong shape says whose it is and what is wrong', () => {
  test.each<[string, keyof typeof questions, unknown, string]>([
    ['a state', 'pull request #7', { ...pull, state: 'gone' }, '`state` is a string instead of "open" or "closed"'],
    ['a commit', 'the list of pull requests', [pull, { ...pull, head: {} }], '`1.head.sha` is missing'],
    ['a list', 'the list of comments', { comments: [] }, 'it is an object instead of a list'],
    ['a comparison', 'the comparison of two commits', { status: 7 }, '`status` is a number instead of "ahead" or'],
    ['no data', 'whose token this is', { errors: [] }, '`data` is missing'],
  ])('%s', async (_what, question, body, wrong) => {
    const ask = questions[question] as (github: GitHub) => Promise<unknown>;
    const error = await ask(answering(JSON.stringify(body))).catch((thrown: Error) => thrown);
    expect((error as Error).message).toContain(`GitHub, ${question}: the answer is not GitHub's, ${wrong}`);
  });
});

test('a full list without links is read to its end, and one whose pages repeat is not complete', async () => {
  const pulls = Array.from({ length: 160 }, (_, at) => ({ ...pull, number: at + 1 }));
  const options = { token: new Secret('t'), repository: 'octo/site', apiUrl: 'https://github.example.com/api/v3' };
  const more = { clock: fakeClock(), random: () => 1, signal: never };
  const server = (pageOf: (url: URL) => number) =>
    createGitHub({
      ...options,
      ...more,
      http: fakeHttp(({ url }) => {
        const page = pageOf(new URL(url));
        const body = Buffer.from(JSON.stringify(pulls.slice((page - 1) * 100, page * 100)));
        return { status: 200, headers: { 'content-type': 'application/json' }, body };
      }),
    });
  expect(await all(server((url) => Number(url.searchParams.get('page'))).openPullRequests())).toHaveLength(160);
  await expect(all(server(() => 1).openPullRequests())).rejects.toThrow(
    'GitHub, the list of pull requests: it is not complete, page 2 is page 1 again',
  );
});
