import { expect } from '@jest/globals';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import {
  digitalOceanApp,
  digitalOceanToken,
  type EmulatedApp,
  startDigitalOcean,
} from '../../../support/hosts/digitalocean.ts';
import { sha } from '../../../support/release.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

async function startFor(options: Partial<Parameters<typeof startDigitalOcean>[0]>) {
  // Whatever commit a test deploys is the newest of its branch, as after a push.
  const heads = new Map([['main', sha]]);
  const emulator = await startDigitalOcean({ heads, ...options });
  const commits = (app: EmulatedApp | undefined) => app?.deployments.map(({ commit }) => commit) ?? [];
  const production = () => emulator.apps.find(({ id }) => id === digitalOceanApp);
  return {
    inputs: createHostInputs({
      service: digitalOceanApp,
      token: new Secret(digitalOceanToken),
      options: { 'api-url': [emulator.origin] },
    }),
    asked: () => commits(production()),
    deploys: () => commits(production()).length,
    served: () => production()?.deployments.find(({ state }) => state === 'ACTIVE')?.commit,
    merged: (commit: string) => void heads.set('main', commit),
    pushed: (_pullRequest: number, commit: string) => void heads.set('feature/buoys', commit),
    previews: () => emulator.apps.filter(({ id }) => id !== digitalOceanApp).map(commits),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

export const digitalOceanSubjects: HostSubject[] = [
  {
    host: 'digitalocean',
    way: 'its API',
    tellsDomains: true,
    follows: true,
    previews: true,
    rollsBack: true,
    previewWarns: expect.stringContaining('the preview does not get LEGACY_URL, SECRET_KEY, REDIS_URL of production'),
    start: (refuse) => startFor(refuse ? { refuse } : {}),
  },
];

const ends: Readonly<Record<string, string>> = {
  live: 'ACTIVE',
  superseded: 'SUPERSEDED',
  cancelled: 'CANCELED',
  never: 'DEPLOYING',
  'the build fails': 'ERROR build',
  'the health check fails': 'ERROR deploy',
  'the pre-deploy job fails': 'ERROR migrate',
  'nobody says why': 'ERROR',
};

export const digitalOceanScenarios: ScenarioSubject[] = [
  {
    host: 'digitalocean',
    way: 'its API',
    failures: {
      'the build fails':
        /the build of web failed: Your build job failed .*\(BuildJobExitNonZero\)[\s\S]*No matching distribution/,
      'the health check fails': /the deploy of web failed: .*did not respond to health checks/,
      'the pre-deploy job fails': /the deploy of web failed: The pre-deploy job exited with status 1/,
      'nobody says why': /the deployment failed/,
    },
    explains: /\/deployments\?/,
    start: ({ end, unknownWord, hidesId, otherCommit }, now) =>
      startFor({
        now,
        states: ['BUILDING', ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
        ...(hidesId ? { hidesId } : {}),
        ...(otherCommit ? { otherCommit } : {}),
      }),
  },
];
