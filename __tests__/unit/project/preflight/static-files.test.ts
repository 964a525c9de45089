import { describe, expect, test } from '@jest/globals';
import type { ProjectSettings } from '../../../../src/project/django/settings-shape.ts';
import { bucket, lookAtOutcome, lookAtSettings, storages } from '../../../support/preflight.ts';
import { projectSettings, stepFailure } from '../../../support/project.ts';

test('a link that leads out of its folder is an error at the link', () => {
  const escaping = [{ file: '/work/repo/shop/static/env.txt', target: '/work/repo/.env' }];
  expect(lookAtOutcome({ escaping })).toMatchObject([
    { level: 'error', id: 'deploy.link', at: { file: 'shop/static/env.txt' } },
  ]);
});

test('a link to what is not there is told from one that leads out', () => {
  const escaping = [{ file: '/work/repo/shop/static/kit', target: '/work/repo/vendor/kit', broken: true }];
  const [finding] = lookAtOutcome({ escaping });
  expect(finding).toMatchObject({ level: 'error', id: 'deploy.link', at: { file: 'shop/static/kit' } });
  expect(finding?.message).toMatch(/a link to vendor\/kit, which is not there.*submodules: true/);
});

describe('a collectstatic that failed', () => {
  const failures = [stepFailure({ step: 'collect', message: 'No such file: /w/node_modules/.bin/terser' })];

  test('says why, and what to type', () => {
    const [finding] = lookAtOutcome({ failures, missing: [] });
    expect(finding).toMatchObject({ level: 'error', id: 'deploy.collect' });
    expect(finding?.message).toMatch(/terser.*build-command: npm ci && npm run build/);
  });

  test('has every file that is not there instead, where its files name one', () => {
    const missing = [
      { name: 'shop/a.css', file: '/work/repo/shop/static/shop/a.css', line: 4, url: 'b.png', target: 'shop/b.png' },
      { name: 'kit/k.css', file: '/venv/site-packages/kit/k.css', line: 1, url: '../../x', target: null },
    ];
    const found = lookAtOutcome({ failures, missing });
    expect(found.map(({ id }) => id)).toEqual(['deploy.missing-file', 'deploy.missing-file']);
    const [theirs, own] = found;
    expect(own?.message).toContain('shop/a.css, line 4: "b.png" names shop/b.png, which is not there');
    expect(own?.at).toEqual({ file: 'shop/static/shop/a.css', line: 4 });
    expect(theirs?.message).toMatch(/leads out of the static files.*installed package/);
    expect(theirs).not.toHaveProperty('at');
  });
});

test.each([
  ['in a comment', { comment: true }, /commented out.*take the line out/],
  ['whose file is elsewhere', { similar: 'shop/img/b.png' }, /There is shop\/img\/b\.png: name it by a path relative/],
  ['that nobody has', {}, /Fix the url\(\), import or sourceMappingURL, or add the file/],
])('a reference %s says what to do', (_what, more, advice) => {
  const failures = [stepFailure({ step: 'collect' })];
  const one = { name: 'a.css', file: '/work/repo/shop/static/a.css', line: 4, url: 'b.png', target: 'b.png', ...more };
  expect(lookAtOutcome({ failures, missing: [one] })[0]?.message).toMatch(advice);
});

describe('a project without the app of the static files', () => {
  test('has none, which is a notice', () => {
    expect(lookAtOutcome({ without_static_files: true })).toMatchObject([
      { level: 'notice', id: 'deploy.no-static-files' },
    ]);
  });

  test('is an error where a bucket is to get some', () => {
    expect(lookAtOutcome({ without_static_files: true }, { bucket })).toMatchObject([
      { level: 'error', id: 'deploy.no-static-files', message: expect.stringContaining('the bucket "assets"') },
    ]);
  });
});

test('a name that code asks for while it is imported, and nobody has, is an error at its line', () => {
  const early = [{ file: '/work/repo/shop/models.py', line: 3, name: 'shop/gone.css', similar: 'shop/home.css' }];
  expect(lookAtOutcome({ early })).toMatchObject([
    {
      level: 'error',
      id: 'deploy.static-name',
      at: { file: 'shop/models.py', line: 3 },
      message: expect.stringMatching(/"shop\/gone\.css".*does not start\. Did you mean "shop\/home\.css"/),
    },
  ]);
});

describe('a template that asks for a file which no finder has', () => {
  const templates = [{ file: '/work/repo/shop/templates/a.html', line: 7, name: 'shop/none.css' }];

  test.each([
    ['of a package that is no app', { app: 'wagtail.admin' }, /add "wagtail\.admin" to INSTALLED_APPS/],
    ['that git ignores', { ignored: '.gitignore, line 3: lib/' }, /\(\.gitignore, line 3: lib\/\).*commit the file/],
  ])('%s says so', (_what, more, advice) => {
    const [finding] = lookAtOutcome({ templates: templates.map((one) => ({ ...one, ...more })) });
    expect(finding?.message).toMatch(advice);
  });

  test.each([
    ['an error where the storage is strict', storages.hashed, 'error', '500'],
    ['a warning where it forgives', { ...storages.hashed, strict: false }, 'warning', '404'],
    ['a warning where names have no hashes', storages.plain, 'warning', '404'],
  ])('is %s', (_what, static_storage, level, status) => {
    const found = lookAtOutcome({ templates, project: projectSettings({ static_storage }) });
    const finding = found.find(({ id }) => id === 'deploy.template');
    expect(finding).toMatchObject({ level, at: { file: 'shop/templates/a.html', line: 7 } });
    expect(finding?.message).toContain(`"shop/none.css", which no finder has`);
    expect(finding?.message).toContain(`answers ${status}`);
  });
});

describe('a template that names a static file by a path', () => {
  const by_hand = [{ file: '/work/repo/shop/templates/a.html', line: 7, name: 'shop/a.css' }];
  const findings = (static_url: string, url?: string) =>
    lookAtOutcome({ by_hand, project: projectSettings({ static_url }) }, { url }).filter(
      ({ id }) => id === 'deploy.static-path',
    );

  test.each([
    ['a bucket', 'https://bucket.test/static/', undefined],
    ['another path of the site', '/assets/', 'https://shop.test'],
  ])('is a warning where STATIC_URL leads to %s', (_where, staticUrl, url) => {
    expect(findings(staticUrl, url)).toMatchObject([
      {
        level: 'warning',
        at: { file: 'shop/templates/a.html', line: 7 },
        message: expect.stringMatching(/names \/static\/shop\/a\.css, .*\{% static "shop\/a\.css" %\}/),
      },
    ]);
  });

  test.each([
    ['/static/', undefined],
    ['static/', 'https://shop.test'],
    ['https://shop.test/static/', 'https://shop.test'],
  ])('is fine where %s leads there', (staticUrl, url) => {
    expect(findings(staticUrl, url)).toEqual([]);
  });
});

test('two files of one name are a warning that names both, at the one that is left out', () => {
  const duplicates = [
    { name: 'site.css', used: '/work/repo/a/static/site.css', ignored: '/work/repo/b/static/site.css' },
  ];
  const [finding] = lookAtOutcome({ duplicates });
  expect(finding).toMatchObject({ level: 'warning', id: 'deploy.duplicate', at: { file: 'b/static/site.css' } });
  expect(finding?.message).toContain('a/static/site.css is used, b/static/site.css is not');
});

test('a folder with more files than a site has is a warning that says what to name in its place', () => {
  const crowded = [{ folder: '/work/repo/node_modules', files: 149_318 }];
  const [finding] = lookAtOutcome({ crowded });
  expect(finding).toMatchObject({ level: 'warning', id: 'deploy.many-files' });
  expect(finding?.message).toMatch(
    /The folder node_modules offers 149,318 static files.*node_modules\/bootstrap\/dist/,
  );
});

describe('a bucket that no page asks', () => {
  const settings = { whitenoise: true, static_storage: storages.plain };

  test('because WhiteNoise serves the files, is told', () => {
    const found = lookAtSettings({ ...settings, static_url: '/static/' }, { bucket, staticPrefix: 'static/' });
    expect(found.find(({ id }) => id === 'deploy.unused-bucket')).toMatchObject({
      level: 'notice',
      message: expect.stringContaining('no page asks the bucket "assets" for them'),
    });
  });

  test.each<[string, object, object]>([
    ['pages ask the bucket', { static_url: 'https://assets.nyc3.digitaloceanspaces.com/static/' }, { bucket }],
    ['nothing else serves the files', { whitenoise: false, static_url: '/static/' }, { bucket }],
    ['there is none', { static_url: '/static/' }, {}],
  ])('is not told where %s', (_why, own, options) => {
    const found = lookAtSettings({ ...settings, ...own }, { staticPrefix: 'static/', ...options });
    expect(found.map(({ id }) => id)).not.toContain('deploy.unused-bucket');
  });
});

describe('no STATIC_ROOT', () => {
  const { hashed, plain, remote } = storages;

  test.each<[string, ProjectSettings['static_storage'], boolean, string | undefined, string]>([
    ['the app reads its manifest there', hashed, true, 'error', 'reads its manifest'],
    ['the app reads its manifest there', hashed, false, 'error', 'reads its manifest'],
    ['the app serves the files from there', plain, false, 'error', 'serve the files'],
    ['the bucket has the files anyhow', plain, true, 'warning', 'temporary folder'],
    ['the storage has a folder of its own', { ...hashed, location: '/work/repo/public' }, true, undefined, ''],
    ['the storage is remote and needs none', remote, true, undefined, ''],
    ['there is no staticfiles storage', null, false, undefined, ''],
  ])('%s (%j, to a bucket: %s) is %s', (_why, static_storage, toBucket, level, words) => {
    const found = lookAtSettings({ static_root: null, static_storage }, toBucket ? { bucket } : {});
    const finding = found.find(({ id }) => id === 'deploy.static-root');
    expect(finding?.level).toBe(level);
    expect(finding?.message ?? '').toContain(words);
  });

  test.each([
    [['RENDER'], 'by the input env: RENDER=…'],
    [[], 'under a condition that does not hold in this build'],
  ])('which a condition sets by %j is told at the line that sets it', (variables, words) => {
    const assigned = { STATIC_ROOT: { file: '/work/repo/config/settings.py', line: 132, literal: false, variables } };
    const found = lookAtSettings({ static_root: null, static_storage: plain, assigned });
    const finding = found.find(({ id }) => id === 'deploy.static-root');
    expect(finding?.at).toEqual({ file: 'config/settings.py', line: 132 });
    expect(finding?.message).toContain(words);
  });
});
