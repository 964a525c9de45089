import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type App, lastTrace, pagesOf, unhealthy } from './health.ts';
import { freePort } from './ports.ts';
import type { Venv } from './python.ts';
import { runProgram } from './run-program.ts';
import { type RunningServer, startServer } from './server.ts';

export interface SiteOptions {
  /** Folder for releases. */
  readonly folder: string;
  /** Module of the WSGI application, for example "config.wsgi"; where absent, what WSGI_APPLICATION of the settings says. */
  readonly wsgi?: string;
  /** Folder of manage.py in the artifact; its top where absent. */
  readonly project?: string;
  /** A page that has to answer before visitors are sent to a release; any answer will do where absent. */
  readonly healthPath?: string;
  /** The app's environment at this URL. */
  readonly env: (url: string) => Readonly<Record<string, string>>;
  /** Milliseconds for which the old instance still answers when the new one is ready. */
  readonly drain?: number;
}

/** A release that is unpacked, with variables of its own. */
interface Release {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** An app at an address of its own: production, or the preview of a pull request. */
export interface Site {
  readonly url: string;
  /** How many releases were put live. */
  released(): number;
  /**
   * Unpacks an artifact, migrates, starts it beside the release before, and sends visitors to it once it is ready.
   * @param variables What the app gets more; what it had before where absent.
   */
  deploy(artifact: string, variables?: Readonly<Record<string, string>>): Promise<void>;
  /** Starts again what was live before what is. */
  rollBack(): Promise<void>;
  /** Ends what a deploy is doing, which then fails. */
  quit(): void;
  stop(): Promise<void>;
}

/** The environment of a release's app: one for all, or one made for the release in this folder. */
export type VenvOf = (release: string, signal: AbortSignal) => Promise<Venv>;

/** Of this machine's variables those that an app needs. A host has none of the others, and a DATABASE_URL of a shell is no app's. */
const ofMachine = /^(PATH|HOME|LANG|LC_[A-Z]+|TZ|TMPDIR|SYSTEMROOT|TEMP|TMP)$/;
const machine = Object.fromEntries(Object.entries(process.env).filter(([name]) => ofMachine.test(name)));

/** What Django itself serves by, at runserver: WSGI_APPLICATION, or its own application where that is not set. */
const settingsApp = 'django.core.servers.basehttp:get_internal_wsgi_application()';

/** Takes requests that are none of a visitor's; false where one is. */
type Desk = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** A release whose page is no page, in a sentence with what to do. */
export class Unhealthy extends Error {
  /** What the app printed. */
  readonly log: string;

  constructor(message: string, log: string) {
    super(message);
    this.log = log;
  }
}

/** @param address Loopback address and port that visitors come to. */
export async function startSite(
  address: { readonly hostname: string; readonly port: number },
  venvOf: VenvOf,
  options: SiteOptions,
  desk: Desk = () => false,
): Promise<Site> {
  const url = `http://${address.hostname}:${address.port}`;
  /** The releases that were live, the last one is. */
  const releases: Release[] = [];
  let unpacked = 0;
  const stopping = new AbortController();
  const { signal } = stopping;
  let live: { server: RunningServer; port: number } | undefined;
  let released = 0;
  let own: Readonly<Record<string, string>> = {};

  async function unpack(artifact: string): Promise<string> {
    const release = join(options.folder, `${address.hostname}-release-${++unpacked}-${Date.now()}`);
    await mkdir(release, { recursive: true });
    // It is over in a moment, and an abort would end tar alone: its gzip would be nobody's.
    await runProgram('tar', ['-xzf', artifact, '-C', release]);
    signal.throwIfAborted();
    return release;
  }

  /** Says why a page is none, and which pages there are. */
  async function reject(server: RunningServer, path: string, app: App): Promise<never> {
    await server.stop();
    const { readyStatus: status } = server;
    const pages = status === 404 ? await pagesOf(app) : [];
    throw new Unhealthy(
      unhealthy(path, status, { pages, trace: lastTrace(server.output(), app.cwd) }),
      server.output(),
    );
  }

  async function start({ folder, variables }: Release): Promise<void> {
    const { python } = await venvOf(folder, signal);
    const cwd = join(folder, options.project ?? '.');
    const env = { ...machine, ...options.env(url), ...variables, PYTHONDONTWRITEBYTECODE: '1' };
    await runProgram(python, ['manage.py', 'migrate', '--noinput'], { cwd, env, signal });
    const port = await freePort();
    const { healthPath } = options;
    const app = options.wsgi === undefined ? settingsApp : `${options.wsgi}:application`;
    const args = ['-m', 'gunicorn', '--log-level', 'warning', '--workers', '1', '--bind', `127.0.0.1:${port}`, app];
    const server = await startServer(python, args, {
      cwd,
      env,
      readyUrl: `http://127.0.0.1:${port}${healthPath ?? '/'}`,
      signal,
    });
    if (healthPath !== undefined && server.readyStatus >= 400)
      await reject(server, healthPath, { python, cwd, env, signal });
    await delay(options.drain ?? 1_500);
    const old = live;
    live = { server, port };
    released += 1;
    await old?.server.stop();
  }

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (!live) {
      outgoing.writeHead(503, { 'content-type': 'text/plain' }).end('No release yet.\n');
      return;
    }
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: live.port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  }

  const front = createServer((incoming, outgoing) => {
    if (!desk(incoming, outgoing)) pass(incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    front.once('error', reject).listen(address.port, address.hostname, resolve);
  });
  return {
    url,
    released: () => released,
    async deploy(artifact, variables = own) {
      own = variables;
      const release = { folder: await unpack(artifact), variables };
      await start(release);
      releases.push(release);
    },
    async rollBack() {
      const before = releases.at(-2);
      if (before === undefined) throw new Error('There is no release before this one.');
      await start(before);
      releases.pop();
    },
    quit: () => stopping.abort(),
    async stop() {
      await live?.server.stop();
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}
