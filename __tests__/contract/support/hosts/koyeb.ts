import { expect } from '@jest/globals';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import { koyebService, koyebToken, startKoyeb } from '../../../support/hosts/koyeb.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

async function startFor(options: NonNullable<Parameters<typeof startKoyeb>[0]>) {
  const emulator = await startKoyeb(options);
  const production = () => emulator.services.find(({ id }) => id === koyebService)?.deployments ?? [];
  const asked = (deployments: ReturnType<typeof production>) =>
    deployments.map(({ commit }) => commit).filter((commit) => !/^0+$/.test(commit));
  return {
    inputs: createHostInputs({
      service: koyebService,
      token: new Secret(koyebToken),
      options: { 'api-url': [emulator.origin] },
    }),
    asked: () => asked(production()),
    // Without the deployment that was there before, and the one that took the place of ours.
    deploys: () =>
      emulator.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/redeploy')).length,
    served: () => production().find(({ state }) => state === 'HEALTHY')?.commit,
    pushed: () => undefined,
    previews: () =>
      emulator.services.filter(({ id }) => id !== koyebService).map(({ deployments }) => asked(deployments)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

export const koyebSubjects: HostSubject[] = [
  {
    host: 'koyeb',
    way: 'its API',
    tellsDomains: true,
    follows: true,
    previews: true,
    rollsBack: true,
    auto: false,
    previewWarns: expect.stringContaining('the preview does not get SECRET_KEY, DATABASE_URL of production'),
    start: (refuse) => startFor(refuse ? { refuse } : {}),
  },
];

const ends: Readonly<Record<string, string>> = {
  live: 'HEALTHY',
  superseded: 'STASHED',
  cancelled: 'CANCELED',
  never: 'STARTING',
  'the build fails': 'ERROR build',
  'the new version is unhealthy': 'UNHEALTHY',
  'some instances are unhealthy': 'DEGRADED',
  'nobody says why': 'ERROR',
};

export const koyebScenarios: ScenarioSubject[] = [
  {
    host: 'koyeb',
    way: 'its API',
    failures: {
      'the build fails': /the build failed: exit code 1 no matching distribution[\s\S]*No matching distribution found/,
      'the new version is unhealthy': /the new version is unhealthy: TCP health check failed/,
      'some instances are unhealthy': /some instances of the new version are unhealthy/,
      'nobody says why': /the deployment failed/,
    },
    explains: /\/v1\/deployments\?/,
    start: ({ end, unknownWord, hidesId, otherCommit }, now) =>
      startFor({
        now,
        states: ['PROVISIONING', ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
        ...(hidesId ? { hidesId } : {}),
        ...(otherCommit ? { otherCommit } : {}),
      }),
  },
];
