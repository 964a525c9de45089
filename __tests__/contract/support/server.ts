import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkHost } from '../../../src/hosts/contract/check-host.ts';
import type {
  Host,
  HostDefinition,
  HostInputs,
  HostIO,
  HostOptions,
  HostRelease,
  HostStatus,
  ReleaseRequest,
} from '../../../src/hosts/contract/host.ts';
import { ssh } from '../../../src/hosts/ssh/ssh.ts';
import { createSsh } from '../../../src/hosts/ssh/ssh-host.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { hostIO } from '../../../src/release/host-io.ts';
import { createHostMachine } from '../../../src/runner/host-machine.ts';
import { runnerExec } from '../../../src/runner/runner-exec.ts';
import { answer, fakeHttp, never } from '../../support/fakes.ts';
import { createHostInputs, createReleaseRequest } from '../../support/host-io.ts';
import { tempFolder, writeFiles } from '../../support/project.ts';
import { type Sshd, startSshd } from '../../support/sshd.ts';

/** A server with a folder for one app, as a run reaches it. */
export interface Server extends Sshd {
  /** The folder of the app. */
  readonly root: string;
  readonly io: HostIO;
  inputs(options: HostOptions, overrides?: Partial<HostInputs>): HostInputs;
  host(options: HostOptions): Host;
  /** A release of that commit with these files. */
  request(
    sha: string,
    files?: Readonly<Record<string, string>>,
    more?: Partial<ReleaseRequest>,
  ): Promise<ReleaseRequest>;
  /** Asks for a release and follows it to its end. */
  release(host: Host, request: ReleaseRequest): Promise<{ release: HostRelease; status: HostStatus; log: string }>;
  read(path: string): Promise<string>;
  /** The names in a folder of the app; none where it is not there. */
  list(path: string): string[];
  live(): Promise<string>;
}

let runs = 0;

export async function follow(host: Host, release: HostRelease, io: HostIO): Promise<HostStatus> {
  for (;;) {
    const status = await host.status?.(release, io);
    if (!status) throw new Error('the host does not follow');
    if (status.phase !== 'queued' && status.phase !== 'running') return status;
    await delay(100);
  }
}

async function logOf(host: Host, release: HostRelease, io: HostIO): Promise<string> {
  const lines: string[] = [];
  for await (const line of host.logs?.(release, io) ?? []) lines.push(line);
  return lines.join('\n');
}

export async function startServer(): Promise<Server> {
  const sshd = await startSshd();
  const folder = tempFolder();
  const root = join(folder, 'app');
  const machine = createHostMachine(
    { ...process.env, RUNNER_TEMP: folder },
    [ssh as HostDefinition],
    runnerExec,
    async () => {
      throw new Error('this test has no buckets');
    },
  );
  const clock = { now: () => Date.now(), sleep: async () => undefined };
  const io = hostIO({ http: fakeHttp(() => answer(500)), machine, clock, signal: never });
  const inputs = (options: HostOptions, overrides: Partial<HostInputs> = {}) =>
    createHostInputs({
      service: sshd.service,
      token: new Secret(sshd.privateKey),
      options: { 'known-hosts': [sshd.knownHosts], path: [root], ...options },
      ...overrides,
    });
  return {
    ...sshd,
    root,
    io,
    inputs,
    host(options) {
      const given = inputs(options);
      const mistakes = checkHost(ssh, given);
      if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
      return createSsh(given);
    },
    async request(sha, files = {}, more = {}) {
      const tree = tempFolder();
      await writeFiles(tree, { 'commit.txt': sha, ...files });
      const path = join(tempFolder(), 'artifact.tar.gz');
      await mkdir(join(path, '..'), { recursive: true });
      await runnerExec(
        { program: 'tar', args: ['-czf', path, '-C', tree, '.'], cwd: tree, env: { PATH: process.env.PATH ?? '' } },
        () => undefined,
        never,
      );
      runs += 1;
      const artifact = { path, sha256: 'ab'.repeat(32), bytes: 1, format: 'tar.gz' } as const;
      return createReleaseRequest({ release: `${sha.slice(0, 12)}-${runs}.1`, sha, artifact, ...more });
    },
    async release(host, request) {
      const release = await host.trigger(request, io);
      return { release, status: await follow(host, release, io), log: await logOf(host, release, io) };
    },
    read: (path) => readFile(join(root, path), 'utf8'),
    list: (path) => (existsSync(join(root, path)) ? readdirSync(join(root, path)).sort() : []),
    live: () => readlink(join(root, 'current')).catch(() => ''),
    async stop() {
      await sshd.stop();
      await machine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
