import type { HostInputs } from '../../../src/hosts/contract/host.ts';
import type { HostName } from '../../../src/hosts/index.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { type EmulatorReply, type EmulatorRequest, startEmulator } from '../../support/emulator.ts';
import { type RenderOptions, renderHookKey, renderService, renderToken, startRender } from '../../support/render.ts';
import type { RenderDeploy } from '../../support/render-world.ts';

/** An emulator of a host that runs, and what of it a test looks at. */
export interface StartedHost {
  readonly inputs: HostInputs;
  /** Commits that production was asked to deploy, the newest first. */
  asked(): readonly string[];
  /** The commit that production serves. */
  served(): string | undefined;
  /** What the host does by itself when somebody pushes to a pull request. */
  pushed(pullRequest: number, sha: string): void;
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

/** Somebody's own server with four hooks, which knows what it runs. */
function ownServer() {
  const production: string[] = [];
  const asked: string[] = [];
  const previews = new Map<string, string[]>();

  function goBack(sha: string): void {
    if (sha === '') production.shift();
    else production.unshift(sha);
  }

  function answer({ path, body }: EmulatorRequest): EmulatorReply {
    const [, doing, pullRequest = ''] = /^\/(\w+)(?:\/(\d+))?\?key=/.exec(path) ?? [];
    const { ref } = JSON.parse(body) as { ref: string };
    if (doing === 'deploy') {
      asked.unshift(ref);
      production.unshift(ref);
    } else if (doing === 'preview') {
      previews.set(pullRequest, [ref, ...(previews.get(pullRequest) ?? [])]);
    } else if (doing === 'rollback') {
      goBack(ref);
    } else if (!previews.delete(pullRequest)) {
      return { status: 404 };
    }
    return { status: 200, body: { id: 'job-1' } };
  }
  return { production, asked, previews, answer };
}

async function startHook(hooks: readonly string[], refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const server = ownServer();
  const emulator = await startEmulator((request) => refuse ?? server.answer(request));
  const urls = {
    'preview-hook': [`${emulator.origin}/preview/{pr}?key=${renderHookKey}`],
    'teardown-hook': [`${emulator.origin}/teardown/{pr}?key=${renderHookKey}`],
    'rollback-hook': [`${emulator.origin}/rollback?key=${renderHookKey}`],
  };
  const deployHook = new Secret(`${emulator.origin}/deploy?key=${renderHookKey}`);
  const wanted = Object.fromEntries(Object.entries(urls).filter(([name]) => hooks.includes(name)));
  return {
    inputs: { ...none, deployHook, options: { body: ['{"ref": "{sha}"}'], ...wanted } },
    asked: () => server.asked,
    served: () => server.production[0],
    pushed: () => undefined,
    previews: () => [...server.previews.values()],
    complaints: () => [],
    stop: emulator.stop,
  };
}

export const hostSubjects: HostSubject[] = [
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
