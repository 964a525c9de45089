import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import {
  type NorthflankOptions,
  northflankService,
  northflankToken,
  startNorthflank,
} from '../../../support/hosts/northflank.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

async function startFor(options: NorthflankOptions) {
  const { origin, world, served, complaints, stop } = await startNorthflank(options);
  const asked = () => world.of(northflankService).map(({ commit }) => commit);
  return {
    inputs: createHostInputs({
      service: northflankService,
      token: new Secret(northflankToken),
      options: { 'api-url': [origin], project: ['acme'] },
    }),
    asked,
    deploys: () => asked().length,
    served,
    pushed: () => undefined,
    previews: () => [],
    complaints: () => complaints,
    stop,
  };
}

export const northflankSubjects: HostSubject[] = [
  {
    host: 'northflank',
    way: 'a service that deploys every build',
    follows: true,
    previews: false,
    rollsBack: true,
    start: (refuse) => startFor({ cd: true, script: ['BUILDING', 'SUCCESS'], ...(refuse ? { refuse } : {}) }),
  },
];

const ends: Readonly<Record<string, string>> = {
  live: 'SUCCESS',
  never: 'BUILDING',
  superseded: 'BUILDING',
  cancelled: 'ABORTED',
  'the build fails': 'FAILURE',
  'the build cannot start': 'SUBMISSION_FAILURE',
  'the start fails': 'SUCCESS',
};

export const northflankScenarios: ScenarioSubject[] = [true, false].map((cd) => ({
  host: 'northflank',
  way: cd ? 'a service that deploys every build' : 'a service that deploys on request',
  failures: {
    'the build fails': /the build failed: buildpack exited with 1.*No matching distribution/s,
    'the build cannot start': /the build could not be started/,
    'the start fails': /the new version did not start.*Worker failed to boot/s,
  },
  start: ({ end, unknownWord, hidesId, otherCommit }, now) =>
    startFor({
      cd,
      now,
      script: ['BUILDING', ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
      ...(end === 'the start fails' ? { deployment: ['IN_PROGRESS', 'FAILED'] } : {}),
      ...(hidesId ? { hidesId } : {}),
      ...(end === 'superseded' ? { supersededBy: otherCommit ?? '' } : otherCommit ? { otherCommit } : {}),
    }),
}));
