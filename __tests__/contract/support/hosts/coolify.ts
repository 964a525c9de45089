import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import { coolifyApp, coolifyToken, startCoolify } from '../../../support/hosts/coolify.ts';
import { sha } from '../../../support/release.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

async function startFor(options: Partial<Parameters<typeof startCoolify>[0]>) {
  // Whatever commit a test deploys is the newest of its branch, as after a push.
  const heads = new Map([[0, sha]]);
  const emulator = await startCoolify({ heads, ...options });
  const commits = (pullRequest: number) =>
    emulator.deployments.filter((one) => one.pullRequest === pullRequest).map(({ commit }) => commit);
  return {
    inputs: createHostInputs({
      service: coolifyApp,
      token: new Secret(coolifyToken),
      options: { 'api-url': [emulator.origin] },
    }),
    asked: () => commits(0),
    deploys: () => emulator.requests.filter(({ path }) => path.startsWith('/api/v1/deploy?')).length,
    served: () =>
      emulator.deployments.find(({ state, pullRequest }) => state === 'finished' && pullRequest === 0)?.commit,
    merged: (commit: string) => void heads.set(0, commit),
    pushed: (pullRequest: number, commit: string) => void heads.set(pullRequest, commit),
    previews: () => [...emulator.previews].map(commits),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

export const coolifySubjects: HostSubject[] = [
  {
    host: 'coolify',
    way: 'its API',
    tellsDomains: true,
    follows: true,
    previews: true,
    rollsBack: true,
    start: (refuse) => startFor(refuse ? { refuse } : {}),
  },
];

const ends: Readonly<Record<string, string>> = {
  live: 'finished',
  superseded: 'finished, then another',
  cancelled: 'cancelled-by-user',
  never: 'in_progress',
  'the build fails': 'failed build',
  'the container does not start': 'failed start',
  'nobody says why': 'failed',
};

export const coolifyScenarios: ScenarioSubject[] = [
  {
    host: 'coolify',
    way: 'its API',
    failures: {
      'the build fails':
        /the build failed: ERROR: No matching distribution found for djnago[\s\S]*Building docker image/,
      'the container does not start': /the new container did not start: gunicorn: error/,
      'nobody says why': /the deployment failed/,
    },
    explains: /\/deployments\/applications\//,
    start: ({ end, unknownWord, hidesId, otherCommit }, now) =>
      startFor({
        now,
        states: ['in_progress', ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
        ...(hidesId ? { hidesId } : {}),
        ...(otherCommit ? { otherCommit } : {}),
      }),
  },
];
