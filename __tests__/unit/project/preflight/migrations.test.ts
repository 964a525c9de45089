import { describe, expect, test } from '@jest/globals';
import { lookAtOutcome as look } from '../../../support/preflight.ts';
import { stepFailure } from '../../../support/project.ts';

describe('models without a migration', () => {
  const change = {
    app: 'shop',
    own: true,
    file: '/work/repo/shop/models.py',
    operations: ['Add field price to order'],
  };

  test('of the project’s own app stop the deploy, with the command that fixes them', () => {
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

describe('a look that could not be taken', () => {
  test.each([
    ['checks', 'check --deploy', 'checks'],
    ['migrations', 'makemigrations --check', 'migrate'],
  ] as const)('for want of a database (%s) says how to give one', (step, what, input) => {
    const failure = stepFailure({ step, type: 'OperationalError', message: 'no such host', database: true });
    const [finding] = look({ failures: [failure] });
    expect(finding).toMatchObject({ level: 'error', id: 'deploy.needs-database' });
    expect(finding?.message).toContain(`${what} could not run: OperationalError: no such host. It asks the database.`);
    expect(finding?.message).toMatch(new RegExp(`input env.*DATABASE_URL=.*set ${input} to off`));
  });

  test('for another reason is not taken for that, and names the input that skips it', () => {
    const [finding] = look({ failures: [stepFailure({ step: 'migrations', type: 'NodeNotFoundError' })] });
    expect(finding).toMatchObject({ level: 'error', id: 'deploy.migrations' });
    expect(finding?.message).toContain('makemigrations --check could not run: NodeNotFoundError: It broke');
    expect(finding?.message).toContain('set migrate to off');
    expect(finding?.message).not.toContain('database');
  });

  test('of checks is never to be turned off, and a module that is missing is named as at the start of Django', () => {
    const [broken] = look({ failures: [stepFailure({ step: 'checks', type: 'NameError' })] });
    expect(broken?.message).toBe('check --deploy could not run: NameError: It broke. Fix it.');
    const import_error = { module: 'requests', message: "No module named 'requests'" };
    const [missing] = look({ failures: [stepFailure({ step: 'checks', type: 'ModuleNotFoundError', import_error })] });
    expect(missing?.message).toContain(
      'The module "requests" is missing. Add its package, requests, to the dependencies',
    );
    expect(missing?.message).not.toContain('to off');
  });

  test('of checks is told as at the start of Django, where Python cannot read a file', () => {
    const source = { kind: 'conflict', since: null, python: '3.13', own: true } as const;
    const [found] = look({ failures: [stepFailure({ step: 'checks', type: 'SyntaxError', source })] });
    expect(found?.message).toContain('a merge that was not finished');
  });

  test('at templates and static files is only a warning', () => {
    const [finding] = look({ failures: [stepFailure({ step: 'sources' })] });
    expect(finding).toMatchObject({ level: 'warning', id: 'deploy.sources' });
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
