import type { IncomingMessage, ServerResponse } from 'node:http';
import { installApp } from './app-packages.ts';
import { withoutOwnPaths } from './own-paths.ts';
import { freePort } from './ports.ts';
import { ensureVenv } from './python.ts';
import { type Site, type SiteOptions, startSite, Unhealthy, type VenvOf } from './site.ts';

export interface LocalHost {
  /** The public URL. */
  readonly url: string;
  /** The deploy hook: POST {"artifact": path, "sha": commit}. */
  readonly hook: string;
  /**
   * Says how a deploy goes: {"state": "running", "live" or "failed", "reason": sentence, "commit", "url"}. Its id stands for {id}.
   */
  readonly statusUrl: string;
  /** What a deploy that failed has printed, by {id}. */
  readonly logUrl: string;
  /** Puts the release before back. */
  readonly rollbackHook: string;
  /** Starts the preview of a pull request, or puts a new release into it: POST {"artifact": path, "pr": number}. */
  readonly previewHook: string;
  /** Takes a preview away; 404 where there is none: POST {"pr": number}. */
  readonly teardownHook: string;
  /** The public URL of a preview, with {pr} in it. */
  readonly previewUrl: string;
  /** How many releases were put live. */
  released(): number;
  /** Numbers of the pull requests whose previews are there. */
  previews(): number[];
  /** What the last deploy printed where it failed. */
  failure(): string;
  stop(): Promise<void>;
}

export interface LocalHostOptions extends SiteOptions {
  /** Requirements of the app, which the host installs itself, as hosts do; where absent, those that the artifact names. */
  readonly requirements?: readonly string[];
  /** Takes every deploy and keeps serving what it served before, as a host does whose new instance never gets healthy. */
  readonly broken?: boolean;
}

interface Order {
  readonly artifact?: string;
  readonly sha?: string;
  /** 2 to 254, because the preview's address is 127.0.0.N. */
  readonly pr?: number;
  /** What the preview's app gets as DATABASE_URL. */
  readonly database?: string;
}

/** How a deploy goes. */
interface State {
  readonly state: 'running' | 'live' | 'failed';
  readonly log: string;
  readonly reason: string;
  readonly commit: string;
}

/** What a deploy printed that failed, and why it did: the last line of a program mostly says so. */
function failureOf(error: unknown, folder: string): Pick<State, 'log' | 'reason'> {
  const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
  const own = (text: string) => withoutOwnPaths(text, folder);
  if (error instanceof Unhealthy) return { log: own(error.log), reason: error.message };
  const log = own(String(stderr || (message ?? error)));
  return { log, reason: log.trim().split('\n').at(-1) ?? '' };
}

async function readOrder(incoming: IncomingMessage): Promise<Order> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (text === '') return {};
  const { artifact, sha, pr, database } = JSON.parse(text) as Omit<Order, 'pr'> & { readonly pr?: number | string };
  return {
    ...(artifact === undefined ? {} : { artifact }),
    ...(sha === undefined ? {} : { sha }),
    ...(pr ? { pr: Number(pr) } : {}),
    ...(database ? { database } : {}),
  };
}

/**
 * A host on this machine that does what hosts do: on the deploy hook it unpacks the artifact, migrates, starts the new
 * instance beside the old one, and sends visitors to it once it is ready. Previews have an address of their own each.
 */
export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const { requirements, project = '.' } = options;
  const venv = requirements && (await ensureVenv(requirements));
  const venvOf: VenvOf = async (release, signal) => venv ?? installApp(release, project, `${release}-packages`, signal);
  const port = await freePort();
  const key = crypto.randomUUID();
  const previews = new Map<number, Site>();
  const deploys = new Map<string, State>();
  let failure = '';
  let work = Promise.resolve();

  async function deployPreview(pr: number, artifact: string, database: string | undefined): Promise<void> {
    const site = previews.get(pr) ?? (await startSite({ hostname: `127.0.0.${pr}`, port }, venvOf, options));
    previews.set(pr, site);
    await site.deploy(artifact, database === undefined ? {} : { DATABASE_URL: database });
  }

  async function tearDown(pr: number): Promise<void> {
    const site = previews.get(pr);
    previews.delete(pr);
    await site?.stop();
  }

  /** What a hook does with an order; undefined where there is nothing to do it with. */
  function jobOf(doing: string, { artifact = '', sha, pr = 0, database }: Order): (() => Promise<void>) | undefined {
    if (doing === 'preview') return () => deployPreview(pr, artifact, database);
    if (doing === 'teardown') return previews.has(pr) ? () => tearDown(pr) : undefined;
    if (doing === 'rollback') return () => production.rollBack();
    if (options.broken && production.released() > 0) return async () => undefined;
    return () => production.deploy(artifact, sha === undefined ? {} : { RELEASE: sha });
  }

  async function take(doing: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const order = await readOrder(incoming);
    // A preview that is being made is there to be taken away.
    if (doing === 'teardown') await work;
    const job = jobOf(doing, order);
    if (!job) return void outgoing.writeHead(404).end();
    const id = `dep-${production.released() + 1}`;
    const body = JSON.stringify({ deploy: { id } });
    const { sha: commit = '' } = order;
    const put = (state: State['state'], said = { log: '', reason: '' }) => deploys.set(id, { state, commit, ...said });
    put('running');
    work = work.then(job).then(
      () => void put('live'),
      (error: unknown) => {
        const said = failureOf(error, options.folder);
        failure = said.log;
        put('failed', said);
      },
    );
    if (doing === 'teardown') await work;
    outgoing.writeHead(202, { 'content-type': 'application/json' }).end(body);
  }

  /** Answers a question about a deploy; false where it is none. */
  function tell(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    const [, what, id = '', given] = /^\/deploys\/(state|log)\/([\w-]+)\?key=(.+)$/.exec(incoming.url ?? '') ?? [];
    const known = deploys.get(id);
    if (!known || given !== key) return false;
    const { log, ...rest } = known;
    if (what === 'log') outgoing.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(log);
    else {
      const reply = JSON.stringify({ ...rest, url: production.url });
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(reply);
    }
    return true;
  }

  function desk(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    if (incoming.method === 'GET') return tell(incoming, outgoing);
    const [, doing = ''] = /^\/(deploy|rollback|preview|teardown)\?key=/.exec(incoming.url ?? '') ?? [];
    if (doing === '' || incoming.method !== 'POST' || incoming.url !== `/${doing}?key=${key}`) return false;
    take(doing, incoming, outgoing).catch(() => outgoing.writeHead(400).end());
    return true;
  }

  const production = await startSite({ hostname: '127.0.0.1', port }, venvOf, options, desk);
  const hook = (doing: string) => `${production.url}/${doing}?key=${key}`;
  return {
    url: production.url,
    hook: hook('deploy'),
    statusUrl: hook('deploys/state/{id}'),
    logUrl: hook('deploys/log/{id}'),
    rollbackHook: hook('rollback'),
    previewHook: hook('preview'),
    teardownHook: hook('teardown'),
    previewUrl: `http://127.0.0.{pr}:${port}`,
    released: production.released,
    previews: () => [...previews.keys()],
    failure: () => failure,
    async stop() {
      const sites = [production, ...previews.values()];
      for (const site of sites) site.quit();
      await work;
      for (const site of sites) await site.stop();
    },
  };
}
