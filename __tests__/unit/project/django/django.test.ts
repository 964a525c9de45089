import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../../src/core/errors.ts';
import { type DjangoRequest, runDjango } from '../../../../src/project/django/django.ts';
import type { Outcome } from '../../../../src/project/django/outcome.ts';
import { failure, fakeExec, projectSettings, shellIO, stepFailure, tempFolder } from '../../../support/project.ts';

const steps = { 'django_steps.py': '# start', 'inside/probe.py': '# probe' };

const request = (scratch: string): DjangoRequest => ({
  managePy: '/work/repo/site/manage.py',
  projectRoot: '/work/repo/site',
  workspace: '/work/repo',
  scratch,
  checks: true,
  migrations: false,
});

describe('Django is run', () => {
  const python = { program: '/venv/bin/python', env: { PATH: '/venv/bin' } };

  /** Runs a Django that leaves this text as its outcome. */
  async function answered(outcome: string | undefined, exit = 0) {
    const scratch = join(tempFolder(), 'django');
    const exec = fakeExec(({ args }) => {
      const asked = JSON.parse(readFileSync(args[1] ?? '', 'utf8')) as Record<string, unknown>;
      if (outcome !== undefined) writeFileSync(asked.outcome as string, outcome);
      return { exit, output: `asked ${JSON.stringify(asked)}` };
    });
    const io = shellIO(exec);
    return { work: () => runDjango(io, steps, python, request(scratch)), exec, io, scratch };
  }

  const whole = { project: projectSettings(), collected: { root: '/static', manifest: null }, failures: [] };

  test('with the steps and the request, once, in the project', async () => {
    const { work, exec, scratch } = await answered(JSON.stringify({ ...whole, finished: true }));
    await work();
    expect(exec.commands).toHaveLength(1);
    const [command] = exec.commands;
    expect(command).toMatchObject({
      program: python.program,
      cwd: '/work/repo/site',
      env: { ...python.env, PYTHONHASHSEED: '0' },
    });
    expect(readFileSync(command?.args[0] ?? '', 'utf8')).toBe('# start');
    expect(readFileSync(join(scratch, 'inside/probe.py'), 'utf8')).toBe('# probe');
    expect(JSON.parse(readFileSync(command?.args[1] ?? '', 'utf8'))).toMatchObject({
      manage_py: '/work/repo/site/manage.py',
      project_root: '/work/repo/site',
      static_root: join(scratch, 'static'),
      checks: true,
      migrations: false,
      only_start: false,
    });
  });

  test('and its outcome is returned, its output shown', async () => {
    const { work, io } = await answered(JSON.stringify({ ...whole, finished: true }));
    expect((await work()).outcome).toMatchObject(whole);
    expect(io.shown()).toContain('asked');
  });

  test('and failures are an outcome, whatever the exit code', async () => {
    const { work } = await answered(JSON.stringify({ failures: [stepFailure()] }), 1);
    expect((await work()).outcome.failures).toHaveLength(1);
  });

  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one that is cut off', '{"project": {'],
    ['nonsense', '"done"'],
    ['one in which no command ran', '{"failures": []}'],
  ])('and leaves %s: an error with the exit code', async (_what, outcome) => {
    const error = await failure<DeployError>((await answered(outcome, 3)).work);
    expect(error.code).toBe('DJANGO_FAILED');
    expect(error.message).toContain('exit code 3');
    expect(error.hint).toContain('execute_from_command_line');
  });

  test('and is killed midway: an error, because nothing was checked or collected', async () => {
    const { work } = await answered(JSON.stringify({ project: projectSettings(), failures: [] }), 137);
    expect((await failure(work)).message).toContain('137');
  });
});

describe('a Django that asks for variables', () => {
  const python = { program: '/venv/bin/python', env: { PATH: '/venv/bin' } };
  const asks = (...variables: string[]) => {
    const frames = [{ file: '/work/repo/site/settings.py', line: variables.length }];
    return { failures: [stepFailure({ type: 'KeyError', variables, frames })] };
  };
  const started = { project: projectSettings(), failures: [], throw_away: [], finished: true };

  /** Runs one that answers by the environment in which it is started. */
  async function runs(answer: (env: Readonly<Record<string, string>>, start: number) => Partial<Outcome> | undefined) {
    const requests: Record<string, unknown>[] = [];
    const exec = fakeExec(({ args, env }) => {
      const asked = JSON.parse(readFileSync(args[1] ?? '', 'utf8')) as Record<string, unknown>;
      requests.push(asked);
      const outcome = answer(env, requests.length);
      if (outcome) writeFileSync(asked.outcome as string, JSON.stringify(outcome));
      return { exit: outcome ? 0 : 3 };
    });
    const io = shellIO(exec);
    const ran = await runDjango(io, steps, python, request(join(tempFolder(), 'django')));
    return { ...ran, requests, shown: io.shown(), values: exec.commands.map(({ env }) => env) };
  }

  test('gets throw-away values for secrets, each long, mixed and another, and they are named and not shown', async () => {
    const ran = await runs((env) =>
      env.SECRET_KEY ? (env.API_TOKEN ? started : asks('API_TOKEN')) : asks('SECRET_KEY'),
    );
    expect(ran.outcome).toMatchObject({ finished: true, throw_away: ['SECRET_KEY', 'API_TOKEN'] });
    const { SECRET_KEY: key = '', API_TOKEN: token = '' } = ran.python.env;
    expect(new Set([key, token]).size).toBe(2);
    for (const value of [key, token]) {
      expect(value.length).toBeGreaterThanOrEqual(50);
      expect(new Set(value).size).toBeGreaterThan(10);
      expect(value).toMatch(/^[\w-]{43}=[\w-]+$/);
      expect(ran.shown).not.toContain(value);
    }
    expect(ran.shown).toContain('these variables are not set: SECRET_KEY, API_TOKEN');
    expect(ran.requests.every(({ only_start }) => only_start === false)).toBe(true);
  });

  test('keeps what was given to it', async () => {
    const ran = await runs((env) => (env.SECRET_KEY ? started : asks('SECRET_KEY')));
    expect(ran.values.map(({ PATH }) => PATH)).toEqual(['/venv/bin', '/venv/bin']);
    expect(ran.python.env.PATH).toBe('/venv/bin');
  });

  test('is started only to learn all names where one of them is no secret, and then it has failed', async () => {
    const order = ['BUCKET', 'SECRET_KEY', 'REDIS_URL'];
    const ran = await runs((env) => {
      const next = order.find((name) => !env[name]);
      return next ? asks(next) : started;
    });
    expect(ran.outcome.needed).toEqual([
      { name: 'BUCKET', file: '/work/repo/site/settings.py', line: 1 },
      { name: 'REDIS_URL', file: '/work/repo/site/settings.py', line: 1 },
    ]);
    expect(ran.outcome).toMatchObject({ throw_away: ['SECRET_KEY'], failures: asks('BUCKET').failures });
    expect(ran.outcome.finished).toBeUndefined();
    expect(ran.requests.map(({ only_start }) => only_start)).toEqual([false, true, true, true]);
  });

  test.each([
    ['fails in another way', { failures: [stepFailure({ message: 'no such database' })] }],
    ['ends the process', undefined],
  ])('and that with a made-up value %s, has still failed for the name', async (_what, answer) => {
    const ran = await runs((_env, start) => (start === 1 ? asks('BUCKET') : answer));
    expect(ran.outcome.needed?.map(({ name }) => name)).toEqual(['BUCKET']);
    expect(ran.outcome.failures).toEqual(asks('BUCKET').failures);
  });

  test('names what settings read without a default behind the value that ended the search, and no secret', async () => {
    const file = '/work/repo/site/settings.py';
    const reads = ['BUCKET', 'REGION', 'API_KEY'].map((name, line) => ({ name, file, line: line + 1 }));
    const [first] = asks('BUCKET').failures;
    const stopped = { failures: [stepFailure({ message: 'not a backend', asks: reads })] };
    const names = async (answer: Outcome) => {
      const ran = await runs((_env, start) =>
        start === 1 ? { failures: [{ ...stepFailure({}), ...first, asks: reads }] } : answer,
      );
      return ran.outcome.needed?.map(({ name, line }) => `${name}:${line}`);
    };
    expect(await names(stopped)).toEqual(['BUCKET:1', 'REGION:2']);
    // Where Django started, that REGION is not asked for.
    expect(await names(started)).toEqual(['BUCKET:1']);
  });

  test('also in its checks, where everything else came to its end', async () => {
    const late = { ...started, failures: [stepFailure({ step: 'checks', variables: ['STRIPE_KEY'] })] };
    const ran = await runs((env) => (env.STRIPE_KEY ? started : late));
    expect(ran.outcome).toMatchObject({ failures: [], throw_away: ['STRIPE_KEY'] });
  });

  test('for the same one again is not started again', async () => {
    const ran = await runs(() => asks('SECRET_KEY'));
    expect(ran.requests).toHaveLength(2);
    expect(ran.outcome.failures).toEqual(asks('SECRET_KEY').failures);
  });

  test('without end is given up', async () => {
    const ran = await runs((_env, start) => asks(`NAME_${start}`));
    expect(ran.requests).toHaveLength(25);
    expect(ran.outcome.needed).toHaveLength(24);
  });

  test('and whose settings have an empty SECRET_KEY says so too', async () => {
    const ran = await runs((env) => (env.API_KEY ? { ...started, throw_away: ['SECRET_KEY'] } : asks('API_KEY')));
    expect(ran.outcome.throw_away).toEqual(['API_KEY', 'SECRET_KEY']);
  });
});
