import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import {
  type PythonanywhereOptions,
  pythonanywhereDomain,
  pythonanywhereToken,
  startPythonanywhere,
} from '../../../support/hosts/pythonanywhere.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

async function startFor(options: PythonanywhereOptions) {
  const { origin, asked, served, complaints, stop } = await startPythonanywhere(options);
  return {
    inputs: createHostInputs({
      service: pythonanywhereDomain,
      token: new Secret(pythonanywhereToken),
      options: { 'api-url': [origin] },
    }),
    asked: () => asked,
    deploys: () => asked.length,
    served,
    pushed: () => undefined,
    previews: () => [],
    complaints: () => complaints,
    stop,
  };
}

export const pythonanywhereSubjects: HostSubject[] = [
  {
    host: 'pythonanywhere',
    way: 'its API',
    follows: true,
    previews: false,
    rollsBack: true,
    start: (refuse) => startFor(refuse ? { refuse } : {}),
  },
];

const ends = { live: 'loaded', never: 'loading', superseded: 'replaced', 'the new version fails': 'fails' } as const;

export const pythonanywhereScenarios: ScenarioSubject[] = [
  {
    host: 'pythonanywhere',
    way: 'its API',
    failures: { 'the new version fails': /the new version did not start: ModuleNotFoundError.*Its last lines/s },
    without: ['cancel', 'words'],
    start: ({ end, otherCommit }) =>
      startFor({
        script: ['loading', ends[end as keyof typeof ends]],
        ...(end === 'superseded' ? { supersededBy: otherCommit ?? '' } : otherCommit ? { otherCommit } : {}),
      }),
  },
];
