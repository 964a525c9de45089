import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Exec } from '../core/ports.ts';
import type { HostDefinition } from '../hosts/contract/host.ts';
import type { HostMachine } from '../hosts/contract/host-io.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What programs need to start and to reach the network; nothing among it is a secret of the step. */
const passed = [
  'PATH',
  'PATHEXT',
  'HOME',
  'USER',
  'LANG',
  'TMPDIR',
  'TEMP',
  'SYSTEMROOT',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
];

/** What of this machine hosts may use: the variables that their definitions list, and no others. */
export function createHostMachine(
  environment: Environment,
  hosts: readonly Pick<HostDefinition, 'environ'>[],
  exec: Exec,
  openStore: HostMachine['openStore'],
): HostMachine & { close(): Promise<void> } {
  const listed = new Set(hosts.flatMap(({ environ = [] }) => environ));
  const temp = environment.RUNNER_TEMP ?? tmpdir();
  let folder: Promise<string> | undefined;
  return {
    environ: (name) => (listed.has(name) ? environment[name] || undefined : undefined),
    readFile: (path) => readFile(path),
    async secretFile(name, content) {
      // mkdtemp makes a folder that only this user can enter.
      folder ??= mkdtemp(join(temp, 'deploy-django-host-'));
      const path = join(await folder, basename(name));
      await writeFile(path, content, { mode: 0o600 });
      return path;
    },
    async run({ program, args, env }, signal) {
      const inherited = Object.entries(environment).filter(([name]) => passed.includes(name.toUpperCase()));
      const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
      const whole = { ...(Object.fromEntries(inherited) as Record<string, string>), ...env };
      const command = { program, args, cwd: temp, env: whole };
      const code = await exec(command, (chunk, stream) => void chunks[stream].push(chunk), signal);
      const text = (stream: 'stdout' | 'stderr') => Buffer.concat(chunks[stream]).toString();
      return { code, stdout: text('stdout'), stderr: text('stderr') };
    },
    openStore,
    async close() {
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}
