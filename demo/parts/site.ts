import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './ports.ts';
import type { Venv } from './python.ts';
import { type RunningServer, startServer } from './server.ts';

const run = promisify(execFile);

export interface SiteOptions {
  /** Folder for releases. */
  readonly folder: string;
  /** Python path of the WSGI application, for example "config.wsgi". */
  readonly wsgi: string;
  /** The app's environment at this URL. */
  readonly env: (url: string) => Readonly<Record<string, string>>;
  /** Milliseconds for which the old instance still answers when the new one is ready. */
  readonly drain?: number;
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
  stop(): Promise<void>;
}

/** Takes requests that are none of a visitor's; false where one is. */
type Desk = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** @param address Loopback address and port that visitors come to. */
export async function startSite(
  address: { readonly hostname: string; readonly port: number },
  venv: Venv,
  options: SiteOptions,
  desk: Desk = () => false,
): Promise<Site> {
  const url = `http://${address.hostname}:${address.port}`;
  /** Folders of the releases that were live, the last one is. */
  const releases: string[] = [];
  let unpacked = 0;
  let live: { server: RunningServer; port: number } | undefined;
  let released = 0;
  let own: Readonly<Record<string, string>> = {};

  async function unpack(artifact: string): Promise<string> {
    const release = join(options.folder, `${address.hostname}-release-${++unpacked}-${Date.now()}`);
    await mkdir(release, { recursive: true });
    await run('tar', ['-xzf', artifact, '-C', release]);
    return release;
  }

  async function start(release: string): Promise<void> {
    const env = { ...process.env, ...options.env(url), ...own, PYTHONDONTWRITEBYTECODE: '1' };
    await run(venv.python, ['manage.py', 'migrate', '--noinput'], { cwd: release, env });
    const port = await freePort();
    const args = ['-m', 'gunicorn', '--workers', '1', '--bind', `127.0.0.1:${port}`, `${options.wsgi}:application`];
    const server = await startServer(venv.python, args, { cwd: release, env, readyUrl: `http://127.0.0.1:${port}/` });
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
      const release = await unpack(artifact);
      await start(release);
      releases.push(release);
    },
    async rollBack() {
      const before = releases.at(-2);
      if (before === undefined) throw new Error('There is no release before this one.');
      await start(before);
      releases.pop();
    },
    async stop() {
      await live?.server.stop();
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}
