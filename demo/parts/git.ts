import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What git prints in a folder; throws where it fails. It commits under a name of its own, with no signature and no hook of the machine. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const own = { 'user.name': 'Demo', 'user.email': 'demo@example.com', 'commit.gpgSign': 'false' };
  const settings = Object.entries(own).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { stdout } = await run('git', [...settings, ...args], { cwd: folder });
  return stdout.trim();
}

/** Commits everything, leaves the tree as a fresh checkout would be, and returns the commit. */
export async function commitAll(folder: string, message: string): Promise<string> {
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--no-verify', '--message', message);
  await git(folder, 'clean', '-fdxq');
  return git(folder, 'rev-parse', 'HEAD');
}
