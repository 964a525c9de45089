import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ensureVenv, systemPython } from '../../demo/parts/python.ts';
import { capture } from '../../src/project/checkout/shell.ts';
import { toolVersions } from '../../src/project/install/tool-versions.ts';
import { findTool, findUv, type Toolchain } from '../../src/project/install/tools.ts';
import { runnerExec } from '../../src/runner/runner-exec.ts';
import { never } from '../support/fakes.ts';
import { shellIO } from '../support/project.ts';

/** The tools that the action brings itself, from the real index, on a machine that has none of them. */
const env = process.env as Record<string, string>;
const open: string[] = [];
afterAll(async () => {
  for (const folder of open) await rm(folder, { recursive: true, force: true });
});

async function versionOf(program: string, args: readonly string[] = []): Promise<string | undefined> {
  const said = await capture(
    { exec: runnerExec, signal: never },
    { program, args: [...args, '--version'], cwd: '/', env },
  );
  return said?.toString();
}

test('uv is installed without an environment where Python has a pip', async () => {
  const root = await mkdtemp(join(tmpdir(), 'deploy-django-tools-'));
  open.push(root);
  const python = await systemPython();
  const hasPip = (await versionOf(python, ['-m', 'pip'])) !== undefined;
  const io = { ...shellIO(runnerExec), signal: never };
  const uv = await findUv({ io, root, venv: join(root, 'venv'), python, env: { ...env, HOME: root } });
  expect(await versionOf(uv)).toContain(toolVersions.uv.split('==')[1]);
  expect(existsSync(join(root, 'venv-uv', 'pyvenv.cfg'))).toBe(!hasPip);
});

test('uv, Poetry, PDM and Pipenv are installed by their hashes, and run', async () => {
  const root = await mkdtemp(join(tmpdir(), 'deploy-django-tools-'));
  open.push(root);
  const { python } = await ensureVenv([]);
  const io = { ...shellIO(runnerExec), signal: never };
  // The system's programs alone, which are none of these.
  const bare = { ...env, PATH: '/usr/bin:/bin', HOME: root };
  const toolchain: Toolchain = { io, root, venv: join(root, 'venv'), python, env: bare };
  const uv = await findUv(toolchain);
  for (const tool of ['uv', 'poetry', 'pdm', 'pipenv'] as const) {
    const program = tool === 'uv' ? uv : await findTool(toolchain, tool, uv);
    expect(program).toContain(`venv-${tool}`);
    expect(await versionOf(program)).toContain(toolVersions[tool].split('==')[1]);
  }
});
