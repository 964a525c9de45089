import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { createRedactor } from '../../src/lib/secret.ts';
import { recordPath } from '../../src/project/artifact/record.ts';
import { type BuildIO, build } from '../../src/project/build.ts';
import type { Outcome } from '../../src/project/django/outcome.ts';
import { runnerExec } from '../../src/runner/runner-exec.ts';
import { createInputs, never, noCache } from './fakes.ts';
import { fakeExec, gitEnv, projectSettings, tempFolder, writeFiles } from './project.ts';

/** A small project with requirements.txt. */
export const files = {
  'manage.py': 'manage',
  'requirements.txt': 'django',
  'config/settings.py': 'settings',
  '.gitignore': 'dist/\nstaticfiles/\ndb.sqlite3\n',
};

/** What Django does in a build: collects one file, and leaves what checks leave behind. */
export async function collect(asked: { project_root: string; static_root: string }): Promise<Outcome> {
  const root = asked.project_root;
  await writeFiles(root, { 'db.sqlite3': 'SQLite', '.secrets/key': 'generated' });
  await writeFiles(asked.static_root, { 'app.0a1b.css': 'css' });
  const project = projectSettings({ static_root: join(root, 'staticfiles') });
  return { project, failures: [], collected: { root: asked.static_root, manifest: null }, finished: true };
}

/** A build with real git, bash and files, whose Python 3.13 and uv only say that they succeeded. */
export function building(
  workspace: string,
  inputs: Partial<Inputs> = {},
  django: (asked: { project_root: string; static_root: string }) => Promise<Outcome> = collect,
  more: Readonly<Record<string, string>> = {},
) {
  const ran: string[] = [];
  const said: string[] = [];
  const asked: Record<string, unknown>[] = [];
  const exec = fakeExec(async (command) => {
    if (command.program === 'git' || command.program === 'bash') {
      if (command.program === 'bash') ran.push(command.args.at(-1) ?? '');
      const chunks: Uint8Array[] = [];
      const keep = (chunk: Uint8Array, stream: string) => void (stream === 'stdout' && chunks.push(chunk));
      const exit = await runnerExec(command, keep, never);
      return { exit, output: Buffer.concat(chunks).toString() };
    }
    if (basename(command.args[0] ?? '') === 'django_steps.py') {
      ran.push('django');
      const request = JSON.parse(readFileSync(command.args[1] ?? '', 'utf8'));
      asked.push(request);
      await writeFiles('/', { [request.outcome]: JSON.stringify(await django(request)) });
    } else if (command.args.includes('install')) ran.push('install');
    return { output: '/opt/bin/python3\n/opt\n3.13.1\n' };
  });
  const io: BuildIO = {
    exec,
    show: () => undefined,
    signal: never,
    redactor: createRedactor(),
    group: (title, work) => {
      said.push(`[${title}]`);
      return work();
    },
    warn: (message) => void said.push(`warning: ${message}`),
    info: (line) => void said.push(line),
    cache: noCache,
  };
  const environment = {
    ...gitEnv,
    AWS_SECRET_ACCESS_KEY: 'canary',
    'INPUT_HOST-TOKEN': 'canary',
    GITHUB_ENV: 'canary',
    ...more,
  };
  const request = {
    inputs: createInputs(inputs),
    workspace,
    environment,
    hostBuild: undefined,
    hostMigrations: undefined,
    hostVariables: { HOST: 'here', STAGE: 'host' },
    scratch: tempFolder(),
    steps: { 'django_steps.py': '# steps' },
  };
  const lazily = () => build(request, io);
  const work = async () => {
    const built = await lazily();
    return { ...built, ...(await built.artifact()) };
  };
  return { work, lazily, commands: exec.commands, ran, said, asked };
}

/** The names in an artifact, without that of its record. */
export const packed = (path: string): string[] =>
  execFileSync('tar', ['-tzf', path])
    .toString()
    .trim()
    .split('\n')
    .filter((name) => name !== recordPath);

export const warnings = (said: readonly string[]): string[] => said.filter((line) => line.startsWith('warning: '));
