import { Secret } from '../../../src/lib/secret.ts';
import { createHttp } from '../../../src/runner/http-client.ts';
import { createGitHub } from '../../../src/runner/octokit-github.ts';
import { fakeClock, never } from '../fakes.ts';
import { type GitHubEmulator, type GitHubOptions, githubToken, repository, startGitHub } from './emulator.ts';

const http = createHttp('contract');
export const closeHttp = () => http.close();

/** The action's client, connected to an emulator. Its clock stands still, so that no test waits. */
export function connect({ api }: { readonly api: string }, token = githubToken, timeout = 10_000) {
  const clock = fakeClock();
  const github = createGitHub({
    token: new Secret(token),
    repository,
    apiUrl: api,
    http: (request, signal) => http({ ...request, timeout }, signal),
    clock,
    random: () => 0.5,
    signal: never,
  });
  return { github, clock };
}

/** Does some work at an emulated GitHub; nothing of it may be against GitHub's description. */
export async function atGitHub<T>(
  options: GitHubOptions,
  work: (emulator: GitHubEmulator, connected: ReturnType<typeof connect>) => Promise<T>,
): Promise<T> {
  const emulator = await startGitHub(options);
  try {
    const result = await work(emulator, connect(emulator));
    if (emulator.complaints.length > 0) throw new Error(emulator.complaints.join('\n'));
    return result;
  } finally {
    await emulator.stop();
  }
}
