import type { HostInputs } from '../../../../src/hosts/contract/host.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import { herokuApp, herokuPipeline, herokuToken, startHeroku } from '../../../support/hosts/heroku.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

async function startFor(
  options: NonNullable<Parameters<typeof startHeroku>[0]>,
  hostOptions: HostInputs['options'] = {},
) {
  const emulator = await startHeroku(options);
  const commits = (builds: readonly { readonly commit: string }[]) => builds.map(({ commit }) => commit);
  return {
    inputs: createHostInputs({
      service: herokuApp,
      token: new Secret(herokuToken),
      options: { 'api-url': [emulator.origin], ...hostOptions },
    }),
    asked: () => commits(emulator.app.builds),
    deploys: () => emulator.app.builds.length,
    served: emulator.served,
    pushed: () => undefined,
    previews: () => emulator.reviewApps.map(({ app }) => commits(app.builds)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

export const herokuSubjects: HostSubject[] = [false, true].map((hasPipeline) => ({
  host: 'heroku',
  way: hasPipeline ? 'its API, with a pipeline' : 'its API',
  tellsDomains: true,
  follows: true,
  previews: hasPipeline,
  rollsBack: true,
  start: (refuse) => startFor(refuse ? { refuse } : {}, hasPipeline ? { pipeline: [herokuPipeline] } : {}),
}));

const ends: Readonly<Record<string, string>> = {
  live: 'succeeded',
  superseded: 'superseded',
  cancelled: 'canceled',
  never: 'release pending',
  'the build fails': 'failed',
  'the release phase fails': 'release failed',
  'the release phase takes too long': 'release expired',
};

export const herokuScenarios: ScenarioSubject[] = [
  {
    host: 'heroku',
    way: 'its API',
    failures: {
      'the build fails':
        /the build failed: Push rejected, failed to compile Python app[\s\S]*Building on the Heroku-24/,
      'the release phase fails': /the release phase failed[\s\S]*ProgrammingError: relation exists/,
      'the release phase takes too long': /the release phase did not end in time/,
    },
    explains: /\/output\/|\/releases$|\/slugs\//,
    start({ end, unknownWord, hidesId, otherCommit }, now) {
      const last = ends[end] ?? end;
      const built = ['failed', 'canceled'].includes(last) ? [] : ['release pending'];
      return startFor({
        now,
        states: ['pending', ...(unknownWord ? [unknownWord] : []), ...built, last],
        ...(hidesId ? { hidesId } : {}),
        ...(otherCommit ? { otherCommit } : {}),
      });
    },
  },
];
