import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import { type FlyOptions, flyApp, flyImage, flyToken, startFly } from '../../../support/hosts/fly.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

async function startFor(options: FlyOptions) {
  const { origin, apps, asked, served, complaints, stop } = await startFly(options);
  return {
    inputs: createHostInputs({
      service: flyApp,
      token: new Secret(flyToken),
      options: { 'api-url': [origin], image: [`${flyImage}:{sha}`] },
    }),
    asked: () => asked(flyApp),
    deploys: () => asked(flyApp).length,
    served: () => served(flyApp),
    pushed: () => undefined,
    previews: () => [...apps.keys()].filter((app) => app !== flyApp).map(asked),
    complaints: () => complaints,
    stop,
  };
}

export const flySubjects: HostSubject[] = [
  {
    host: 'fly',
    way: 'its API',
    follows: true,
    previews: true,
    rollsBack: true,
    start: (refuse) => startFor(refuse ? { refuse } : {}),
  },
];

const ends: Readonly<Record<string, string>> = {
  live: 'well',
  never: 'unhealthy',
  superseded: 'replaced',
  cancelled: 'stopped',
  'the new version ends': 'crashed',
  'the new version needs more memory': 'out of memory',
};

export const flyScenarios: ScenarioSubject[] = [
  {
    host: 'fly',
    way: 'its API',
    failures: {
      'the new version ends': /the new version did not start: machine \w+ ended: exit status 3.*Worker failed to boot/s,
      'the new version needs more memory': /ended: out of memory/,
    },
    start: ({ end, unknownWord, otherCommit }) =>
      startFor({
        script: ['starting', ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
        ...(end === 'superseded' ? { supersededBy: otherCommit ?? '' } : otherCommit ? { otherCommit } : {}),
      }),
  },
];
