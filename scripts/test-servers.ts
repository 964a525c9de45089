import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Installs the servers that tests start themselves, on loopback and at ports of their own, and what mysqlclient is built with, where
 * something of it is missing: `npm test` runs this first. It can do so as root on Debian and its relatives; elsewhere it says
 * what is missing, and the tests that need it fail.
 */
const wanted = {
  'openssh-server': '/usr/sbin/sshd',
  postgresql: '/usr/lib/postgresql',
  'mariadb-server': '/usr/sbin/mariadbd',
  'libmariadb-dev': '/usr/include/mariadb/mysql.h',
  'pkg-config': '/usr/bin/pkg-config',
  gcc: '/usr/bin/gcc',
} as const;

const run = promisify(execFile);
const missing = Object.entries(wanted)
  .filter(([, path]) => !existsSync(path))
  .map(([name]) => name);

/** Debian asks this file whether a service may be started: none is, because the tests start their own. */
const policy = '/usr/sbin/policy-rc.d';

async function install(packages: readonly string[]): Promise<void> {
  const kept = await readFile(policy, 'utf8').catch(() => undefined);
  await writeFile(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 };
  const apt = (...args: string[]) => run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], options);
  try {
    await apt('install', '-y', ...packages).catch(async () => {
      await apt('update');
      await apt('install', '-y', ...packages);
    });
  } finally {
    if (kept === undefined) await rm(policy, { force: true });
    else await writeFile(policy, kept, { mode: 0o755 });
  }
}

if (missing.length > 0) {
  const packages = missing.join(' ');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error(`Installing ${packages}, which the tests start themselves.`);
    await install(missing);
  } else {
    console.error(`Tests that need these will fail: ${packages}. On Debian: apt-get install ${packages}`);
  }
}
