import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import { startUpsun, type UpsunOptions, upsunProject, upsunToken } from '../../../support/hosts/upsun.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

/** The commit that the tests of all hosts ask for: Upsun is not asked to deploy, it sees the push. */
const pushedCommit = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';

async function startFor(options: UpsunOptions) {
  const { origin, environments, push, asked, complaints, stop } = await startUpsun({ push: pushedCommit, ...options });
  const previews = () => [...environments.values()].filter(({ id, status }) => id !== 'main' && status === 'active');
  return {
    inputs: createHostInputs({
      service: upsunProject,
      token: new Secret(upsunToken),
      options: { 'api-url': [origin] },
    }),
    asked: () => asked('main'),
    deploys: () => asked('main').length,
    served: () => undefined,
    pushed: (pullRequest: number, sha: string) => push(`pr-${pullRequest}`, sha),
    previews: () => previews().map(({ id }) => asked(id)),
    complaints: () => complaints,
    stop,
  };
}

export const upsunSubjects: HostSubject[] = [
  {
    host: 'upsun',
    way: 'its source integration',
    follows: true,
    previews: true,
    rollsBack: false,
    start: (refuse) =>
      startFor({ script: ['in_progress', 'in_progress', 'complete:success'], ...(refuse ? { refuse } : {}) }),
  },
];

const ends: Readonly<Record<string, string>> = {
  live: 'complete:success',
  never: 'in_progress',
  superseded: 'replaced',
  cancelled: 'cancelled',
  'the deploy fails': 'complete:failure',
};

export const upsunScenarios: ScenarioSubject[] = [
  {
    host: 'upsun',
    way: 'its source integration',
    failures: { 'the deploy fails': /the deploy failed: E: Error building project: no matching distribution/ },
    start: ({ end, unknownWord, hidesId, otherCommit, pushed }) =>
      startFor({
        ...(pushed ? { push: pushed } : {}),
        script: ['in_progress', ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
        ...(hidesId ? { shownAfter: 4 } : {}),
        ...(end === 'superseded' ? { supersededBy: otherCommit ?? '' } : otherCommit ? { otherCommit } : {}),
      }),
  },
];
