import { afterAll, describe, expect, test } from '@jest/globals';
import type { Identity } from '../../src/core/identity.ts';
import { commentMarker, writeComment } from '../../src/github/comment.ts';
import { atGitHub, closeHttp } from '../support/github/client.ts';
import type { GitHubState } from '../support/github/state.ts';
import { identityOf } from '../support/identity.ts';

afterAll(closeHttp);

const bot = 'github-actions[bot]';
const key = { issue: 7, identity: identityOf('preview/pr-7') };
const run = { id: 1001, attempt: 1 };
const text = { key, author: bot, run, text: 'Building', create: true };

const shown = ({ comments }: GitHubState) =>
  comments.filter(({ author }) => author === bot).map(({ body }) => body.split('\n').at(-1));

test('one comment is made, and changed from then on', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    await writeComment(text, github);
    await writeComment({ ...text, text: 'Live' }, github);
    expect(shown(state)).toEqual(['Live']);
  });
});

test('it is found behind pages of others', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    for (let number = 1; number <= 135; number++) state.comment('someone', `Comment ${number}`);
    await writeComment(text, github);
    for (let number = 1; number <= 35; number++) state.comment('someone', `Comment ${number}`);
    await writeComment({ ...text, text: 'Live' }, github);
    expect(shown(state)).toEqual(['Live']);
  });
});

test('a marker that somebody else wrote is left alone', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    const spoof = state.comment('mallory', `${commentMarker(key)}\n<!-- run: 99999999.1 -->\nLive at evil.example`);
    state.comment(bot, `> ${commentMarker(key)}\nquoted by another workflow`);
    await writeComment(text, github);
    expect(shown(state)).toEqual(['quoted by another workflow', 'Building']);
    expect(spoof.body).toContain('evil.example');
  });
});

test('one that was deleted is made anew, also where it goes between the look and the change', async () => {
  let deleteAt = Number.NaN;
  let asked = 0;
  let state: GitHubState | undefined;
  const fault = () => {
    asked += 1;
    if (asked === deleteAt) state?.comments.splice(0);
    return undefined;
  };
  await atGitHub({ fault }, async (emulator, { github }) => {
    state = emulator.state;
    await writeComment(text, github);
    state.comments.splice(0);
    await writeComment({ ...text, text: 'Upload' }, github);
    expect(shown(state)).toEqual(['Upload']);
    deleteAt = asked + 2;
    await writeComment({ ...text, text: 'Live' }, github);
    expect(shown(state)).toEqual(['Live']);
  });
});

test('one that was minimised is changed all the same', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    await writeComment(text, github);
    for (const comment of state.comments) comment.minimized = true;
    await writeComment({ ...text, text: 'Live' }, github);
    expect(shown(state)).toEqual(['Live']);
  });
});

test('two apps, two environments, two repositories, and a push of the same name have one each', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    const { identity } = key;
    const kinds: Identity[] = [
      identity,
      { ...identity, app: 'apps/shop' },
      { ...identity, name: 'staging/pr-7' },
      { ...identity, repository: '1296270' },
      { ...identity, kind: 'push' },
    ];
    for (const one of [...kinds, ...kinds]) await writeComment({ ...text, key: { ...key, identity: one } }, github);
    expect(state.comments).toHaveLength(kinds.length);
  });
});

test('of two that were made at once the first stays', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    await writeComment(text, github);
    state.comment(bot, `${commentMarker(key)}\nmade by another run`);
    await writeComment({ ...text, text: 'Live' }, github);
    expect(shown(state)).toEqual(['Live']);
  });
});

test('what a newer run wrote stays, and a re-run is newer', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    await writeComment({ ...text, run: { id: 1002, attempt: 1 }, text: 'newer' }, github);
    await writeComment({ ...text, text: 'Superseded' }, github);
    expect(shown(state)).toEqual(['newer']);
    await writeComment({ ...text, run: { id: 1002, attempt: 2 }, text: 'again' }, github);
    expect(shown(state)).toEqual(['again']);
  });
});

test('where there is none, none is made that only says that all is over', async () => {
  await atGitHub({}, async ({ state }, { github }) => {
    await writeComment({ ...text, create: false }, github);
    expect(state.comments).toEqual([]);
  });
});

describe('an answer of 502 to a new comment', () => {
  test.each([
    ['that was taken leads to no second one', true],
    ['that was not taken leads to another try', false],
  ])('%s', async (_, taken) => {
    let state: GitHubState | undefined;
    let failed = false;
    const fault = ({ method, body }: { method: string; body: string }) => {
      if (method !== 'POST' || failed) return undefined;
      failed = true;
      if (taken) state?.comment(bot, (JSON.parse(body) as { body: string }).body);
      return { status: 502, body: '<html>' };
    };
    await atGitHub({ fault }, async (emulator, { github }) => {
      state = emulator.state;
      await writeComment(text, github);
      expect(shown(state)).toEqual(['Building']);
    });
  });
});

test.each(['a --> b', '<!--', '../..', 'ünï/*', 'a b'])('no name ends the hidden line: %s', (name) => {
  const marker = commentMarker({ identity: identityOf(name, name) });
  expect(marker).toMatch(/^<!-- deploy-django: [^\s<>]+ -->$/);
});
