import type { HostInputs } from '../../../../src/hosts/contract/host.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import { type RenderOptions, renderHookKey, renderService, renderToken, startRender } from '../../../support/render.ts';
import type { RenderDeploy } from '../../../support/render-world.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

const image = 'ghcr.io/acme/harbour';

const commitOf = ({ commit, image: made }: RenderDeploy): string => commit?.id ?? made?.ref.split(':').at(-1) ?? '';

const apiInputs =
  (options: HostInputs['options'] = {}) =>
  (origin: string): HostInputs =>
    createHostInputs({
      service: renderService,
      token: new Secret(renderToken),
      options: { 'api-url': [origin], ...options },
    });

const hookInputs = (origin: string): HostInputs =>
  createHostInputs({ deployHook: new Secret(`${origin}/deploy/${renderService}?key=${renderHookKey}`) });

async function startFor(options: RenderOptions, inputs: (origin: string) => HostInputs = apiInputs()) {
  const emulator = await startRender(options);
  return {
    inputs: inputs(emulator.origin),
    asked: () => emulator.deploys.map(commitOf),
    deploys: () => emulator.deploys.length,
    served: () => emulator.deploys.filter(({ status }) => status === 'live').map(commitOf)[0],
    pushed: (pullRequest: number, sha: string) => {
      if (options.image === undefined) emulator.push(pullRequest, sha);
    },
    previews: () => emulator.previews.map(({ deploys }) => deploys.map(commitOf)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

const all = { follows: true, previews: true, rollsBack: true } as const;

export const renderSubjects: HostSubject[] = [
  {
    host: 'render',
    way: 'its API',
    ...all,
    start: (refuse) => startFor({ previews: 'automatic', ...(refuse ? { refuse } : {}) }),
  },
  {
    host: 'render',
    way: 'its API, with images',
    ...all,
    start: (refuse) =>
      startFor({ image: `${image}:latest`, ...(refuse ? { refuse } : {}) }, apiInputs({ image: [`${image}:{sha}`] })),
  },
  {
    host: 'render',
    way: 'its deploy hook',
    follows: false,
    previews: false,
    rollsBack: false,
    start: (refuse) => startFor(refuse ? { refuse } : {}, hookInputs),
  },
];

const ends: Readonly<Record<string, string>> = {
  live: 'live',
  superseded: 'deactivated',
  cancelled: 'canceled',
  never: 'update_in_progress',
  'the build fails': 'build_failed',
  'the pre-deploy command fails': 'pre_deploy_failed',
  'the start fails': 'update_failed',
};

export const renderScenarios: ScenarioSubject[] = [
  {
    host: 'render',
    way: 'its API',
    failures: {
      'the build fails': /the build failed: exit status 1/,
      'the pre-deploy command fails': /the pre-deploy command failed/,
      'the start fails': /the new version did not start/,
    },
    explains: /\/events\?|\/deploys\?/,
    start: ({ end, unknownWord, hidesId, otherCommit }) =>
      startFor({
        script: ['build_in_progress', ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
        reason: { failure: { nonZeroExit: 1 } },
        ...(hidesId ? { queue: true } : {}),
        ...(otherCommit ? { otherCommit } : {}),
      }),
  },
];
