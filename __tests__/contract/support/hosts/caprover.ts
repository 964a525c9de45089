import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import { type CaproverOptions, caproverApp, caproverPassword, startCaprover } from '../../../support/hosts/caprover.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

async function startFor(options: CaproverOptions, isImage = false) {
  const { origin, apps, asked, served, complaints, stop } = await startCaprover(options);
  const image = isImage ? { image: ['ghcr.io/acme/harbour:{sha}'] } : {};
  return {
    inputs: createHostInputs({
      service: caproverApp,
      token: new Secret(caproverPassword),
      options: { 'api-url': [origin], 'token-type': ['password'], ...image },
    }),
    asked: () => asked(caproverApp),
    deploys: () => asked(caproverApp).length,
    served: () => served(caproverApp),
    pushed: () => undefined,
    previews: () => [...apps.keys()].filter((app) => app !== caproverApp).map(asked),
    complaints: () => complaints,
    stop,
  };
}

export const caproverSubjects: HostSubject[] = [false, true].map((isImage) => ({
  host: 'caprover',
  way: isImage ? 'images' : 'the artifact',
  follows: true,
  previews: true,
  rollsBack: true,
  start: (refuse) => startFor(refuse ? { refuse } : {}, isImage),
}));

const ends = {
  live: 'done',
  never: 'building',
  superseded: 'replaced',
  'the build fails': 'failed',
  'the start fails': 'not started',
} as const;

export const caproverScenarios: ScenarioSubject[] = [
  {
    host: 'caprover',
    way: 'the artifact',
    failures: {
      'the build fails': /the build failed: pip: No matching distribution found for djnago/,
      'the start fails': /the new version did not start: port is in use/,
    },
    without: ['cancel', 'words'],
    start: ({ end, hidesId, otherCommit }) =>
      startFor({
        script: ['building', ends[end as keyof typeof ends]],
        ...(hidesId ? { queues: true } : {}),
        ...(end === 'superseded' ? { supersededBy: otherCommit ?? '' } : otherCommit ? { otherCommit } : {}),
      }),
  },
];
