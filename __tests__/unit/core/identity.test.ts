import { describe, expect, test } from '@jest/globals';
import {
  identityPath,
  makeIdentity,
  normalApp,
  parseIdentityPath,
  previewFolder,
  previewNumber,
  sameIdentity,
} from '../../../src/core/identity.ts';

const of = (more: Partial<Parameters<typeof makeIdentity>[0]> = {}) =>
  makeIdentity({ repository: '1296269', workingDirectory: '.', environment: 'production', ...more });

describe('the app', () => {
  test.each([
    ['.', '.'],
    ['', '.'],
    ['./', '.'],
    ['./apps/web/', 'apps/web'],
    ['apps//web', 'apps/web'],
    ['apps\\web', 'apps/web'],
    ['/apps/web', 'apps/web'],
  ])('%j is %j', (given, app) => {
    expect(normalApp(given)).toBe(app);
  });
});

describe('a preview always ends in its own number', () => {
  test.each([
    ['preview', 7, 'preview/pr-7'],
    ['preview/pr-7', 7, 'preview/pr-7'],
    ['production-eu-1', 1, 'production-eu-1/pr-1'],
    ['us-east-1', 1, 'us-east-1/pr-1'],
    ['v1', 1, 'v1/pr-1'],
    ['staging-2', 2, 'staging-2/pr-2'],
    ['preview/pr-17', 7, 'preview/pr-17/pr-7'],
    ['pr-7', 7, 'pr-7/pr-7'],
  ])('%s of #%i is %s', (environment, pullRequest, name) => {
    const identity = of({ environment, pullRequest });
    expect(identity).toMatchObject({ kind: 'preview', name });
    expect(previewNumber(identity)).toBe(pullRequest);
  });
});

describe('a branch that is called like a preview is none', () => {
  const branch = of({ environment: 'preview/pr-7' });
  const preview = of({ environment: 'preview', pullRequest: 7 });

  test('has no number', () => expect(previewNumber(branch)).toBeUndefined());
  test('is another identity', () => expect(sameIdentity(branch, preview)).toBe(false));
  test('has another path', () => expect(identityPath(branch)).not.toBe(identityPath(preview)));
});

test('every part tells two identities apart, in the path too', () => {
  const all = [
    of(),
    of({ repository: '2' }),
    of({ workingDirectory: 'apps/web' }),
    of({ workingDirectory: 'apps/web2' }),
    of({ environment: 'production@apps' }),
    of({ environment: 'staging' }),
    of({ environment: 'production', pullRequest: 1 }),
    of({ environment: 'production/pr-1' }),
    of({ environment: '..' }),
  ];
  expect(new Set(all.map(identityPath)).size).toBe(all.length);
  expect(all.map((one) => parseIdentityPath(identityPath(one)))).toEqual(all);
  for (const path of all.map(identityPath)) expect(path).toMatch(/^[\w%@-]+\/(push|preview)\/[\w%@-]+$/);
});

test.each(['', 'production.json', '1/push', '1/push/%', '1/push/a@', '1/other/a', '1/push/a%62', '1/push/a/b'])(
  'the path %j is of no identity',
  (path) => expect(parseIdentityPath(path)).toBeUndefined(),
);

test('the folder of a preview belongs to one repository, one app and one number', () => {
  const folders = [
    of({ pullRequest: 7 }),
    of({ pullRequest: 8 }),
    of({ repository: '2', pullRequest: 7 }),
    of({ workingDirectory: 'apps/web', pullRequest: 7 }),
    of({ workingDirectory: 'läden/a~b', pullRequest: 7 }),
  ].map(previewFolder);
  expect(folders).toEqual([
    'previews/1296269/pr-7/',
    'previews/1296269/pr-8/',
    'previews/2/pr-7/',
    'previews/1296269~apps~web/pr-7/',
    'previews/1296269~l=c3=a4den~a=7eb/pr-7/',
  ]);
  for (const one of folders) expect(folders.filter((other) => other.startsWith(one))).toEqual([one]);
});
