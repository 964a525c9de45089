import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { HostOptions } from '../../src/hosts/contract/host.ts';
import { namedOptions } from '../../src/inputs/kinds.ts';
import { tempFolder, writeFiles } from '../support/project.ts';
import { type Server, startServer } from './support/server.ts';

const run = promisify(execFile);
const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'hosts', 'ssh.md'), 'utf8');
const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';

/** Programs that take only the arguments which their documentation has, and write down what they were asked. */
const programs = {
  // https://dokku.com/docs/deployment/methods/git/#initializing-from-private-repositories and …/application-management/
  dokku: `case "$*" in
    "git:sync --build shop https://github.com/octo/site.git "[0-9a-f]*) ;;
    "git:sync --build shop-pr-7 https://github.com/octo/site.git "[0-9a-f]*) test -e "$ASKED.app" ;;
    "apps:exists shop-pr-7") test -e "$ASKED.app" || exit 20 ;;
    "apps:create shop-pr-7") touch "$ASKED.app" ;;
    "--force apps:destroy shop-pr-7") rm "$ASKED.app" ;;
    *) echo "dokku: $* is not a command" >&2; exit 1 ;;
  esac`,
  // https://kamal-deploy.org/docs/commands/deploy/ and …/rollback/
  kamal: `case "$*" in
    "deploy --skip-push --version "[0-9a-f]*) ;;
    "rollback "[0-9a-f]*) ;;
    *) echo "ERROR: $* was not understood" >&2; exit 1 ;;
  esac`,
  // https://docs.docker.com/reference/cli/docker/compose/up/
  docker: `[ "$*" = "compose up --detach --build --wait" ] || { echo "unknown: $*" >&2; exit 125; }`,
} as const;

let server: Server;
let bin: string;
let asked: string;

beforeAll(async () => {
  server = await startServer();
  bin = tempFolder();
  asked = join(bin, 'asked');
  for (const [name, text] of Object.entries(programs)) {
    const script = `#!/bin/sh\nASKED=${asked}\necho "${name} $*" >> "$ASKED"\n${text}\n`;
    await writeFiles(bin, { [name]: script });
    await chmod(join(bin, name), 0o755);
  }
});
afterAll(() => server.stop());
beforeEach(() => writeFiles(bin, { asked: '' }));

/** The options that the page shows below a heading, for a server with the programs above. */
function shown(heading: string): HostOptions {
  const block = new RegExp(`\\n#+ ${heading}\\n[\\s\\S]*?\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
  const given = parse(block) as Record<string, string>;
  const {
    'known-hosts': _,
    path: __,
    ...options
  } = namedOptions(given['host-options'] ?? '', (message) => {
    throw new Error(message);
  })?.options ?? {};
  return Object.fromEntries(
    Object.entries(options).map(([name, [line = '']]) => [name, [`PATH=${bin}:$PATH; ${line}`]]),
  );
}

const requests = async () => (await readFile(asked, 'utf8')).trim().split('\n');

describe('the page shows how to deploy', () => {
  test('with Dokku, previews too', async () => {
    const host = server.host(shown('Dokku'));
    expect((await server.release(host, await server.request(sha))).status).toEqual({ phase: 'live', commit: sha });
    const preview = host.preview?.(7);
    if (!preview) throw new Error('no preview');
    for (const _ of [1, 2]) {
      const { status } = await server.release(preview, await server.request(sha));
      expect(status).toEqual({ phase: 'live', commit: sha });
    }
    expect(await preview.destroy(await server.request(sha), server.io)).toMatchObject({ outcome: 'removed' });
    expect(await requests()).toEqual([
      `dokku git:sync --build shop https://github.com/octo/site.git ${sha}`,
      'dokku apps:exists shop-pr-7',
      'dokku apps:create shop-pr-7',
      `dokku git:sync --build shop-pr-7 https://github.com/octo/site.git ${sha}`,
      'dokku apps:exists shop-pr-7',
      `dokku git:sync --build shop-pr-7 https://github.com/octo/site.git ${sha}`,
      'dokku --force apps:destroy shop-pr-7',
    ]);
  });

  test.each([
    ['Kamal', ['kamal deploy --skip-push --version SHA'], `kamal rollback ${sha}`],
    ['A command of your own', ['docker compose up --detach --build --wait'], undefined],
  ])('as below %s, with a real git', async (heading, deployed, rolledBack) => {
    const origin = tempFolder();
    const git = async (cwd: string, ...args: string[]) =>
      (await run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.test', ...args], { cwd })).stdout.trim();
    await writeFiles(origin, { 'manage.py': '' });
    await git(origin, 'init', '--quiet');
    await git(origin, 'add', '.');
    await git(origin, 'commit', '--quiet', '-m', 'first');
    await git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const head = await git(origin, 'rev-parse', 'HEAD');
    await rm(server.root, { recursive: true, force: true });
    await mkdir(server.root, { recursive: true });
    await git(server.root, 'init', '--quiet');
    await git(server.root, 'remote', 'add', 'origin', origin);
    const host = server.host(shown(heading));
    const { status, log } = await server.release(host, await server.request(head));
    expect([status, log]).toEqual([{ phase: 'live', commit: head }, expect.any(String)]);
    expect(await git(server.root, 'rev-parse', 'HEAD')).toBe(head);
    const back = host.rollback?.({ sha: rolledBack ? sha : head });
    if (!back) throw new Error('no rollback');
    const { status: after } = await server.release(back, await server.request(head));
    expect(after).toEqual({ phase: 'live', commit: rolledBack ? sha : head });
    const first = deployed.map((line) => line.replace('SHA', head));
    expect(await requests()).toEqual([...first, rolledBack ?? first[0]]);
  });
});
