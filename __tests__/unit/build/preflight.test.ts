import { describe, expect, test } from '@jest/globals';
import type { CheckMessage, Outcome, ProjectSettings } from '../../../src/build/outcome.ts';
import { countFindings, type Finding, preflight, stopping } from '../../../src/build/preflight.ts';
import { projectSettings, stepFailure } from '../../support/project.ts';

const workspace = '/work/repo';

const look = (outcome: Partial<Outcome>, toBucket = false): Finding[] =>
  preflight({ failures: [], ...outcome }, { workspace, toBucket });

const lookAt = (settings: Partial<ProjectSettings>, toBucket = false): Finding[] =>
  look({ project: projectSettings(settings) }, toBucket);

const message = (overrides: Partial<CheckMessage>): CheckMessage => ({
  level: 30,
  id: 'shop.W001',
  text: 'Something is odd.',
  hint: null,
  object: null,
  file: null,
  line: null,
  ...overrides,
});

const plain = { backend: 'django.contrib.staticfiles.storage.StaticFilesStorage', local: true, hashed: false };
const hashed = { ...plain, backend: 'shop.storage.Manifest', hashed: true };
const remote = { backend: 'storages.backends.s3.S3ManifestStaticStorage', local: false, hashed: true };

test('a project in order has nothing to find', () => {
  expect(look({ project: projectSettings(), checks: [], migrations: { changes: [], conflicts: {} } }, true)).toEqual(
    [],
  );
});

describe('a message of check --deploy', () => {
  test.each([
    [10, undefined],
    [20, undefined],
    [30, 'warning'],
    [40, 'error'],
    [50, 'error'],
  ])('of level %i is shown as %s', (level, shown) => {
    expect(look({ checks: [message({ level })] })[0]?.level).toBe(shown);
  });

  test('has its object before it and its hint after it', () => {
    const given = message({ object: 'shop.Order', text: 'No index.', hint: 'Add one.' });
    expect(look({ checks: [given] })[0]).toMatchObject({ id: 'shop.W001', message: 'shop.Order: No index. Add one.' });
  });

  test('has an id though Django gave none', () => {
    expect(look({ checks: [message({ id: null })] })[0]?.id).toBe('check');
  });

  test('stands at its model', () => {
    const given = message({ file: '/work/repo/site/shop/models.py', line: 12 });
    expect(look({ checks: [given] })[0]?.at).toEqual({ file: 'site/shop/models.py', line: 12 });
  });

  test('about security stands at the settings, and any other without a file nowhere', () => {
    const [security, other] = look({
      project: projectSettings(),
      checks: [message({ id: 'security.W018' }), message({ id: 'shop.W001' })],
    });
    expect(security?.at).toEqual({ file: 'config/settings.py' });
    expect(other).not.toHaveProperty('at');
  });

  test.each(['/work/repo-other/models.py', '/usr/lib/python3/site-packages/x/models.py'])(
    'about %s, outside the checkout, stands nowhere',
    (file) => {
      expect(look({ checks: [message({ file, line: 3 })] })[0]).not.toHaveProperty('at');
    },
  );
});

describe('models without a migration', () => {
  const change = {
    app: 'shop',
    own: true,
    file: '/work/repo/shop/models.py',
    operations: ['Add field price to order'],
  };

  test('of the project’s own app stop the deploy, with the command that mends them', () => {
    const [finding] = look({ migrations: { changes: [change], conflicts: {} } });
    expect(finding).toMatchObject({ level: 'error', id: 'deploy.migrations', at: { file: 'shop/models.py' } });
    expect(finding?.message).toMatch(/"shop".*Add field price to order.*"python manage.py makemigrations shop"/);
  });

  test('of an installed app are only a warning, because nobody here can add one', () => {
    const [finding] = look({ migrations: { changes: [{ ...change, own: false }], conflicts: {} } });
    expect(finding?.level).toBe('warning');
    expect(finding?.message).toContain('DEFAULT_AUTO_FIELD');
  });

  test('do not list without end', () => {
    const operations = Array.from({ length: 30 }, (_, index) => `Create model M${index}`);
    const [finding] = look({ migrations: { changes: [{ ...change, operations }], conflicts: {} } });
    expect(finding?.message).toContain('M3, and 26 more');
    expect(finding?.message).not.toContain('M4');
  });
});

test('migrations with two ends stop the deploy and name both', () => {
  const [finding] = look({ migrations: { changes: [], conflicts: { shop: ['0002_a', '0002_b'] } } });
  expect(finding).toMatchObject({ level: 'error', id: 'deploy.migration-conflict' });
  expect(finding?.message).toMatch(/"shop".*0002_a, 0002_b.*--merge/);
});

test('a STATICFILES_STORAGE that Django ignores is an error at the settings', () => {
  const [finding] = lookAt({ dead_staticfiles_storage: true, static_storage: plain });
  expect(finding).toMatchObject({
    level: 'error',
    id: 'deploy.staticfiles-storage',
    at: { file: 'config/settings.py' },
  });
  expect(finding?.message).toContain('Django 5.2 ignores STATICFILES_STORAGE');
});

describe('no STATIC_ROOT', () => {
  test.each<[string, ProjectSettings['static_storage'], boolean, string | undefined, string]>([
    ['the app reads its manifest there', hashed, true, 'error', 'reads its manifest'],
    ['the app reads its manifest there', hashed, false, 'error', 'reads its manifest'],
    ['the app serves the files from there', plain, false, 'error', 'serve the files'],
    ['the bucket has the files anyhow', plain, true, 'warning', 'temporary folder'],
    ['the storage is remote and needs none', remote, true, undefined, ''],
    ['there is no staticfiles storage', null, false, undefined, ''],
  ])('%s (%j, to a bucket: %s) is %s', (_why, static_storage, toBucket, level, words) => {
    const found = lookAt({ static_root: null, static_storage }, toBucket);
    const finding = found.find(({ id }) => id === 'deploy.static-root');
    expect(finding?.level).toBe(level);
    expect(finding?.message ?? '').toContain(words);
  });
});

test('names without hashes are warned about where files go to a bucket, and only there', () => {
  expect(lookAt({ static_storage: plain }, true)).toMatchObject([
    { level: 'warning', id: 'deploy.no-hashes', message: expect.stringContaining(plain.backend) },
  ]);
  expect(lookAt({ static_storage: plain }, false)).toEqual([]);
});

describe('a step that could not run', () => {
  test.each([
    ['OperationalError', 'could not translate host name "none" to address'],
    ['ProgrammingError', 'relation "shop_site" does not exist'],
    ['InterfaceError', 'connection already closed'],
    ['CustomError', 'no such table: shop_site'],
  ])('for want of a database (%s: %s) says how to give one', (type, text) => {
    const [finding] = look({ failures: [stepFailure({ step: 'checks', type, message: text })] });
    expect(finding).toMatchObject({ level: 'error', id: 'deploy.checks' });
    expect(finding?.message).toContain(`check --deploy could not run: ${type}: ${text}`);
    expect(finding?.message).toMatch(/Give it one by the input env.*DATABASE_URL=.*set checks to off/);
  });

  test('for another reason is not taken for that, and names the input that skips it', () => {
    const [finding] = look({ failures: [stepFailure({ step: 'migrations', type: 'NodeNotFoundError' })] });
    expect(finding).toMatchObject({ level: 'error', id: 'deploy.migrations' });
    expect(finding?.message).toContain('makemigrations --check could not run: NodeNotFoundError: It broke');
    expect(finding?.message).toContain('set migrate to off');
    expect(finding?.message).not.toContain('database');
  });

  test('stands at the innermost line of the project', () => {
    const frames = [
      { file: '/work/repo/shop/apps.py', line: 3 },
      { file: '/work/repo/shop/checks.py', line: 9 },
    ];
    const [finding] = look({ failures: [stepFailure({ step: 'checks', frames })] });
    expect(finding?.at).toEqual({ file: 'shop/checks.py', line: 9 });
  });
});

test('the worst comes first, and the order does not depend on Django’s', () => {
  const checks = [
    message({ id: 'security.W018', text: 'b' }),
    message({ id: 'security.W004', text: 'c' }),
    message({ id: 'shop.E001', level: 40 }),
    message({ id: 'security.W004', text: 'a' }),
  ];
  const given = { project: projectSettings({ dead_staticfiles_storage: true }) };
  const found = look({ ...given, checks });
  expect(found.map(({ id }) => id)).toEqual([
    'deploy.staticfiles-storage',
    'shop.E001',
    'security.W004',
    'security.W004',
    'security.W018',
  ]);
  expect(look({ ...given, checks: checks.toReversed() })).toEqual(found);
});

describe('what stops a deploy', () => {
  const found = look({ checks: [message({ level: 40, id: 'shop.E001' }), message({}), message({ text: 'Another.' })] });

  test.each([
    ['error', 1],
    ['warning', 3],
    ['off', 0],
  ] as const)('at checks: %s is %i of the findings', (lowest, count) => {
    expect(stopping(found, lowest)).toHaveLength(count);
  });

  test('is counted in words', () => {
    expect(countFindings(found)).toBe('1 error, 2 warnings');
  });
});
