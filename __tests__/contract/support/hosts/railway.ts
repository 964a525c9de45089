import { Secret } from '../../../../src/lib/secret.ts';
import type { EmulatorReply } from '../../../support/emulator.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import {
  type RailwayOptions,
  railwayEnvironment,
  railwayProject,
  railwayService,
  railwayToken,
  startRailway,
} from '../../../support/hosts/railway.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

const image = 'ghcr.io/acme/harbour';

async function startFor(options: RailwayOptions) {
  const emulator = await startRailway(options);
  const place = options.projectToken
    ? { 'token-type': ['project'] }
    : { project: [railwayProject], environment: [railwayEnvironment] };
  const images = options.image === undefined ? {} : { image: [`${image}:{sha}`] };
  const inputs = createHostInputs({
    service: railwayService,
    token: new Secret(railwayToken),
    options: { 'api-url': [emulator.origin], ...place, ...images },
  });
  const { world, environments, complaints, stop } = emulator;
  const commits = (place: string) => world.of(place).map(({ commit }) => commit);
  return {
    inputs,
    asked: () => commits(railwayEnvironment),
    deploys: () => commits(railwayEnvironment).length,
    served: () => world.served(railwayEnvironment)?.commit,
    pushed: () => undefined,
    previews: () => environments.filter(({ isEphemeral }) => isEphemeral).map(({ id }) => commits(id)),
    complaints: () => complaints,
    stop,
  };
}

const all = { follows: true, previews: true, rollsBack: true } as const;
const refusing = (refuse: EmulatorReply | undefined) => (refuse ? { refuse } : {});

export const railwaySubjects: HostSubject[] = [
  { host: 'railway', way: 'an account token', ...all, start: (refuse) => startFor(refusing(refuse)) },
  {
    host: 'railway',
    way: 'an account token, with images',
    ...all,
    start: (refuse) => startFor({ ...refusing(refuse), image: `${image}:latest` }),
  },
  {
    host: 'railway',
    way: 'a project token',
    ...all,
    previews: false,
    start: (refuse) => startFor({ ...refusing(refuse), projectToken: true }),
  },
];

const ends: Readonly<Record<string, string>> = {
  live: 'SUCCESS',
  never: 'DEPLOYING',
  superseded: 'DEPLOYING',
  cancelled: 'REMOVED',
  'the build fails': 'FAILED',
  'the health check fails': 'FAILED',
  'the new version crashes': 'CRASHED',
};

const events: Readonly<Record<string, RailwayOptions['events']>> = {
  'the build fails': [{ step: 'SNAPSHOT_CODE' }, { step: 'BUILD_IMAGE', error: 'exit code 1' }],
  'the health check fails': [
    { step: 'BUILD_IMAGE' },
    { step: 'HEALTHCHECK', error: '1/1 replicas never became healthy' },
  ],
};

export const railwayScenarios: ScenarioSubject[] = [false, true].map((projectToken) => ({
  host: 'railway',
  way: projectToken ? 'a project token' : 'an account token',
  failures: {
    'the build fails': /the build failed: exit code 1\..*No module named harbour/s,
    'the health check fails': /the health check failed: 1\/1 replicas never became healthy/,
    'the new version crashes': /the new version crashed/,
  },
  explains: /deploymentEvents|deployments\(|(build|deployment)Logs/,
  async start({ end, unknownWord, hidesId, otherCommit }, now) {
    return startFor({
      now,
      projectToken,
      script: ['BUILDING', ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
      unknownWords: unknownWord ? [unknownWord] : [],
      events: events[end] ?? [],
      ...(hidesId ? { hidesId } : {}),
      ...(end === 'superseded' ? { supersededBy: otherCommit ?? '' } : otherCommit ? { otherCommit } : {}),
    });
  },
}));
