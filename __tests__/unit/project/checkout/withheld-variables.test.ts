import { describe, expect, test } from '@jest/globals';
import { buildEnvironment } from '../../../../src/project/checkout/build-environment.ts';
import { fromWithheld, readByProject, withheldVariables } from '../../../../src/project/checkout/withheld-variables.ts';

const withheld = (environment: Record<string, string>, own: Record<string, string> = {}) =>
  withheldVariables(environment, buildEnvironment(environment, own));

describe('variables of the step that the build does not get', () => {
  test('are those of the project, and none that each runner has', () => {
    const ofRunner = [
      'PATH',
      'PWD',
      'SHLVL',
      'GITHUB_SHA',
      'RUNNER_TEMP',
      'ACTIONS_RUNTIME_TOKEN',
      'INPUT_HOST-TOKEN',
      'JAVA_HOME_17_X64',
      'GOROOT_1_24_X64',
      'ImageOS',
      'XDG_CONFIG_HOME',
      'ANDROID_SDK_ROOT',
      'CHROMEWEBDRIVER',
    ];
    const environment = Object.fromEntries([...ofRunner, 'DATABASE_URL', 'STRIPE_KEY'].map((name) => [name, 'x']));
    expect(withheld(environment)).toEqual(['DATABASE_URL', 'STRIPE_KEY']);
  });

  test('are not those that go through, that the input env has, or that are credentials of this action', () => {
    const environment = { VITE_API_URL: 'x', NODE_OPTIONS: 'x', DATABASE_URL: 'x', AWS_ACCESS_KEY_ID: 'x' };
    expect(withheld(environment, { DATABASE_URL: 'y' })).toEqual([]);
  });

  test.each([['os.environ["NAME"]'], ["os.getenv('NAME')"], ['process.env.NAME'], ['echo "$NAME"']])(
    'are missed where the project reads one: %s',
    async (line) => {
      const git = { textsIn: async (texts: readonly string[]) => new Set(texts.filter((text) => line.includes(text))) };
      expect(await readByProject(['NAME', 'COLOR'], git)).toEqual(['NAME']);
    },
  );

  test('are named in a notice that says how they would reach it, without their values', () => {
    const [finding] = fromWithheld(['DATABASE_URL', 'STRIPE_KEY']);
    expect(finding).toMatchObject({ level: 'notice', id: 'deploy.withheld-variables' });
    expect(finding?.message).toContain('add to the input env: DATABASE_URL=…, STRIPE_KEY=…');
    expect(fromWithheld([])).toEqual([]);
  });
});
