import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { HostDefinition, HostInputs, ReleaseRequest } from '../../../src/hosts/contract/host.ts';
import type { HostName } from '../../../src/hosts/index.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { EmulatorReply } from '../../support/emulator.ts';
import { coolifyApp, coolifyToken, startCoolify } from '../../support/hosts/coolify.ts';
import {
  digitalOceanApp,
  digitalOceanToken,
  type EmulatedApp,
  startDigitalOcean,
} from '../../support/hosts/digitalocean.ts';
import { herokuApp, herokuPipeline, herokuToken, startHeroku } from '../../support/hosts/heroku.ts';
import { koyebService, koyebToken, startKoyeb } from '../../support/hosts/koyeb.ts';
import { type QuickHost, startQuickHost } from '../../support/quick-host.ts';
import { type RenderOptions, renderHookKey, renderService, renderToken, startRender } from '../../support/render.ts';
import type { RenderDeploy } from '../../support/render-world.ts';
import { cloudSubjects } from './cloud-subjects.ts';
import { caproverSubjects } from './hosts/caprover.ts';
import { flySubjects } from './hosts/fly.ts';
import { northflankSubjects } from './hosts/northflank.ts';
import { pythonanywhereSubjects } from './hosts/pythonanywhere.ts';
import { railwaySubjects } from './hosts/railway.ts';
import { upsunSubjects } from './hosts/upsun.ts';

/** An emulator of a host that runs, and what of it a test looks at. */
export interface StartedHost {
  readonly inputs: HostInputs;
  /** Commits that production was asked to deploy, the newest first. */
  asked(): readonly string[];
  /** The commit that production serves. */
  served(): string | undefined;
  /** What the host does by itself when somebody pushes to a pull request. */
  pushed(pullRequest: number, sha: string): void;
  /** What is there when somebody pushes to the branch of production, at hosts that deploy the newest commit alone. */
  merged?(sha: string): void;
  /** Commits that each preview was asked to deploy, the newest first; only of those that are there. */
  previews(): readonly (readonly string[])[];
  complaints(): readonly string[];
  stop(): Promise<void>;
}

/** A way to use a host. A new host adds at least one. */
export interface HostSubject {
  readonly host: HostName;
  /** What of the host is used: its API, or its deploy hook alone. */
  readonly way: string;
  /** Whether the host tells how its deploy goes. */
  readonly follows: boolean;
  /** Whether it has previews and goes back. */
  readonly previews: boolean;
  readonly rollsBack: boolean;
  /** Whether `host: auto` can know it by its inputs; it can unless told otherwise. */
  readonly auto?: boolean;
  /** Whether it tells every address of the service, and the emulator has some. */
  readonly tellsDomains?: boolean;
  /** What the check of a new preview of the subject says, where it says anything. */
  readonly previewWarns?: unknown;
  /** `refuse` answers to every request instead. */
  start(refuse?: EmulatorReply): Promise<StartedHost>;
}

const none = { service: undefined, token: undefined, deployHook: undefined, options: {} };
const image = 'ghcr.io/acme/harbour';

const commitOf = ({ commit, image: made }: RenderDeploy): string => commit?.id ?? made?.ref.split(':').at(-1) ?? '';

async function startRenderFor(
  inputs: (origin: string) => HostInputs,
  options: RenderOptions,
  refuse: EmulatorReply | undefined,
): Promise<StartedHost> {
  const emulator = await startRender({ ...options, ...(refuse ? { refuse } : {}) });
  return {
    inputs: inputs(emulator.origin),
    asked: () => emulator.deploys.map(commitOf),
    served: () => emulator.deploys.filter(({ status }) => status === 'live').map(commitOf)[0],
    pushed: (pullRequest, sha) => {
      if (options.image === undefined) emulator.push(pullRequest, sha);
    },
    previews: () => emulator.previews.map(({ deploys }) => deploys.map(commitOf)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

const renderInputs = (options: HostInputs['options']) => (origin: string) => ({
  ...none,
  service: renderService,
  token: new Secret(renderToken),
  options: { 'api-url': [origin], ...options },
});

/** The commits that each preview was asked for, the newest first, of those that are there. */
function previewsOf({ asked, previews }: QuickHost): string[][] {
  const found = new Map<string, string[]>();
  for (const [doing, number = '', sha = ''] of asked.map((one) => one.split(' '))) {
    if (doing === 'teardown') found.delete(number);
    if (doing === 'preview') found.set(number, [sha, ...(found.get(number) ?? [])]);
  }
  return [...found].flatMap(([number, commits]) => (previews.has(number) ? [commits] : []));
}

async function startHook(hooks: readonly string[], refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const server = await startQuickHost({ key: renderHookKey, ...(refuse ? { refuse } : {}) });
  const urls = {
    'preview-hook': [server.hook('preview/{pr}')],
    'teardown-hook': [server.hook('teardown/{pr}')],
    'rollback-hook': [server.hook('rollback')],
  };
  const wanted = Object.fromEntries(Object.entries(urls).filter(([name]) => hooks.includes(name)));
  const deploys = () => server.asked.flatMap((one) => /^deploy (.*)/.exec(one)?.[1] ?? []);
  return {
    inputs: {
      ...none,
      deployHook: new Secret(server.hook('deploy')),
      options: { body: ['{"ref": "{sha}"}'], ...wanted },
    },
    asked: () => deploys().reverse(),
    served: server.live,
    pushed: () => undefined,
    previews: () => previewsOf(server),
    complaints: () => [],
    stop: server.stop,
  };
}

async function startDigitalOceanFor(refuse: EmulatorReply | undefined): Promise<StartedHost> {
  // Whatever commit a test deploys is the newest of its branch, as after a push.
  const heads = new Map([['main', '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa']]);
  const emulator = await startDigitalOcean({ heads, ...(refuse ? { refuse } : {}) });
  const commits = (app: EmulatedApp | undefined) => app?.deployments.map(({ commit }) => commit) ?? [];
  const production = () => emulator.apps.find(({ id }) => id === digitalOceanApp);
  return {
    inputs: {
      ...none,
      service: digitalOceanApp,
      token: new Secret(digitalOceanToken),
      options: { 'api-url': [emulator.origin] },
    },
    asked: () => commits(production()),
    served: () => production()?.deployments.find(({ state }) => state === 'ACTIVE')?.commit,
    merged: (sha) => void heads.set('main', sha),
    pushed: (_pullRequest, sha) => void heads.set('feature/buoys', sha),
    previews: () => emulator.apps.filter(({ id }) => id !== digitalOceanApp).map(commits),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

async function startHerokuFor(options: HostInputs['options'], refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const emulator = await startHeroku(refuse ? { refuse } : {});
  const commits = (builds: readonly { readonly commit: string }[]) => builds.map(({ commit }) => commit);
  return {
    inputs: {
      ...none,
      service: herokuApp,
      token: new Secret(herokuToken),
      options: { 'api-url': [emulator.origin], ...options },
    },
    asked: () => commits(emulator.app.builds),
    served: emulator.served,
    pushed: () => undefined,
    previews: () => emulator.reviewApps.map(({ app }) => commits(app.builds)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

async function startKoyebFor(refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const emulator = await startKoyeb(refuse ? { refuse } : {});
  const production = () => emulator.services.find(({ id }) => id === koyebService)?.deployments ?? [];
  const asked = (deployments: ReturnType<typeof production>) =>
    deployments.map(({ commit }) => commit).filter((commit) => !/^0+$/.test(commit));
  return {
    inputs: {
      ...none,
      service: koyebService,
      token: new Secret(koyebToken),
      options: { 'api-url': [emulator.origin] },
    },
    asked: () => asked(production()),
    served: () => production().find(({ state }) => state === 'HEALTHY')?.commit,
    pushed: () => undefined,
    previews: () =>
      emulator.services.filter(({ id }) => id !== koyebService).map(({ deployments }) => asked(deployments)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

async function startCoolifyFor(refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const heads = new Map([[0, '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa']]);
  const emulator = await startCoolify({ heads, ...(refuse ? { refuse } : {}) });
  const commits = (pullRequest: number) =>
    emulator.deployments.filter((one) => one.pullRequest === pullRequest).map(({ commit }) => commit);
  return {
    inputs: {
      ...none,
      service: coolifyApp,
      token: new Secret(coolifyToken),
      options: { 'api-url': [emulator.origin] },
    },
    asked: () => commits(0),
    served: () =>
      emulator.deployments.find(({ state, pullRequest }) => state === 'finished' && pullRequest === 0)?.commit,
    merged: (sha) => void heads.set(0, sha),
    pushed: (pullRequest, sha) => void heads.set(pullRequest, sha),
    previews: () => [...emulator.previews].map(commits),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

export const hostSubjects: HostSubject[] = [
  ...caproverSubjects,
  ...cloudSubjects,
  ...flySubjects,
  ...northflankSubjects,
  ...pythonanywhereSubjects,
  ...railwaySubjects,
  ...upsunSubjects,
  {
    host: 'coolify',
    way: 'its API',
    tellsDomains: true,
    follows: true,
    previews: true,
    rollsBack: true,
    start: startCoolifyFor,
  },
  {
    host: 'koyeb',
    way: 'its API',
    tellsDomains: true,
    follows: true,
    previews: true,
    rollsBack: true,
    auto: false,
    previewWarns: expect.stringContaining('the preview does not get SECRET_KEY, DATABASE_URL of production'),
    start: startKoyebFor,
  },
  {
    host: 'heroku',
    way: 'its API',
    tellsDomains: true,
    follows: true,
    previews: false,
    rollsBack: true,
    start: (refuse) => startHerokuFor({}, refuse),
  },
  {
    host: 'heroku',
    way: 'its API, with a pipeline',
    tellsDomains: true,
    follows: true,
    previews: true,
    rollsBack: true,
    start: (refuse) => startHerokuFor({ pipeline: [herokuPipeline] }, refuse),
  },
  {
    host: 'digitalocean',
    way: 'its API',
    tellsDomains: true,
    follows: true,
    previews: true,
    rollsBack: true,
    previewWarns: expect.stringContaining('the preview does not get LEGACY_URL, SECRET_KEY, REDIS_URL of production'),
    start: startDigitalOceanFor,
  },
  {
    host: 'render',
    way: 'its API',
    follows: true,
    previews: true,
    rollsBack: true,
    start: (refuse) => startRenderFor(renderInputs({}), { previews: 'automatic' }, refuse),
  },
  {
    host: 'render',
    way: 'its API, with images',
    follows: true,
    previews: true,
    rollsBack: true,
    start: (refuse) =>
      startRenderFor(renderInputs({ image: [`${image}:{sha}`] }), { image: `${image}:latest` }, refuse),
  },
  {
    host: 'render',
    way: 'its deploy hook',
    follows: false,
    previews: false,
    rollsBack: false,
    start: (refuse) =>
      startRenderFor(
        (origin) => ({ ...none, deployHook: new Secret(`${origin}/deploy/${renderService}?key=${renderHookKey}`) }),
        {},
        refuse,
      ),
  },
  {
    host: 'hook',
    way: 'a deploy hook alone',
    follows: false,
    previews: false,
    rollsBack: false,
    start: (refuse) => startHook([], refuse),
  },
  {
    host: 'hook',
    way: 'a hook for everything',
    follows: false,
    previews: true,
    rollsBack: true,
    start: (refuse) => startHook(['preview-hook', 'teardown-hook', 'rollback-hook'], refuse),
  },
];

/** What a request has of the artifact at a host that takes one: any file will do. */
export async function artifactOf({
  artifactFormat: format,
}: Pick<HostDefinition, 'artifactFormat'>): Promise<Pick<ReleaseRequest, 'artifact'>> {
  if (format === undefined) return { artifact: undefined };
  const path = join(import.meta.dirname, 'host-subjects.ts');
  const bytes = await readFile(path);
  return { artifact: { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, format } };
}

/** Starts the emulator for some work, and stops it after that. */
export async function withHost<T>(
  subject: HostSubject,
  refuse: EmulatorReply | undefined,
  work: (started: StartedHost) => Promise<T>,
): Promise<T> {
  const started = await subject.start(refuse);
  try {
    return await work(started);
  } finally {
    await started.stop();
  }
}
