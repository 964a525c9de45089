import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './ports.ts';
import { ensureVenv, type Venv } from './python.ts';
import { type RunningServer, startServer } from './server.ts';

const run = promisify(execFile);

export interface LocalHost {
  /** The public URL. */
  readonly url: string;
  /** The deploy hook: POST {"artifact": path, "sha": commit}. */
  readonly hook: string;
  /** How many releases were put live. */
  released(): number;
  /** What the last deploy printed where it failed. */
  failure(): string;
  stop(): Promise<void>;
}

export interface LocalHostOptions {
  /** Folder for releases and the database. */
  readonly folder: string;
  /** Requirements of the app, which the host installs itself, as hosts do. */
  readonly requirements: readonly string[];
  /** Python path of the WSGI application, for example "config.wsgi". */
  readonly wsgi: string;
  /** The app's environment on this host. */
  readonly env: (url: string) => Readonly<Record<string, string>>;
  /** Takes every deploy and keeps serving what it served before, as a host does whose new instance never gets healthy. */
  readonly broken?: boolean;
  /** Milliseconds for which the old instance still answers when the new one is ready. */
  readonly drain?: number;
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/**
 * A host on this machine that does what hosts do: on the deploy hook it unpacks the artifact, migrates, starts the new
 * instance beside the old one, and sends visitors to it once it is ready.
 */
export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const venv: Venv = await ensureVenv(options.requirements);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const key = crypto.randomUUID();
  let live: { server: RunningServer; port: number } | undefined;
  let released = 0;
  let failure = '';
  let work = Promise.resolve();

  async function deploy(artifact: string): Promise<void> {
    const release = join(options.folder, `release-${released + 1}-${Date.now()}`);
    await mkdir(release, { recursive: true });
    await run('tar', ['-xzf', artifact, '-C', release]);
    const env = { ...process.env, ...options.env(url), PYTHONDONTWRITEBYTECODE: '1' };
    await run(venv.python, ['manage.py', 'migrate', '--noinput'], { cwd: release, env });
    const appPort = await freePort();
    const args = ['-m', 'gunicorn', '--workers', '1', '--bind', `127.0.0.1:${appPort}`, `${options.wsgi}:application`];
    const server = await startServer(venv.python, args, {
      cwd: release,
      env,
      readyUrl: `http://127.0.0.1:${appPort}/`,
    });
    await delay(options.drain ?? 1_500);
    const old = live;
    live = { server, port: appPort };
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
    if (incoming.method !== 'POST' || incoming.url !== `/deploy?key=${key}`) return pass(incoming, outgoing);
    readBody(incoming)
      .then((body) => {
        const { artifact } = JSON.parse(body) as { artifact: string };
        outgoing
          .writeHead(202, { 'content-type': 'application/json' })
          .end(JSON.stringify({ deploy: { id: `dep-${released + 1}` } }));
        if (options.broken && released > 0) return;
        work = work
          .then(() => deploy(artifact))
          .catch((error) => {
            failure = String(error?.stderr ?? error);
          });
      })
      .catch(() => outgoing.writeHead(400).end());
  });
  await new Promise<void>((resolve) => front.listen(port, '127.0.0.1', resolve));
  return {
    url,
    hook: `${url}/deploy?key=${key}`,
    released: () => released,
    failure: () => failure,
    async stop() {
      await work;
      await live?.server.stop();
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}
