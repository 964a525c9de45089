import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ensureVenv } from '../../demo/parts/python.ts';
import { toolVersions } from '../../src/project/install/tool-versions.ts';
import { findTool, findUv, type Toolchain } from '../../src/project/install/tools.ts';
import { runnerExec } from '../../src/runner/runner-exec.ts';
import { never } from '../support/fakes.ts';
import { shellIO } from '../support/project.ts';

/** The tools that the action brings itself, from the real index, on a machine that has none of them. */
const open: string[] = [];
afterAll(async () => {
  for (const folder of open) await rm(folder, { recursive: true, force: true });
});

test('uv, Poetry, PDM and Pipenv are installed by their hashes, and run', async () => {
  const root = await mkdtemp(join(tmpdir(), 'deploy-django-tools-'));
  open.push(root);
  const { python } = await ensureVenv([]);
  const io = { ...shellIO(runnerExec), signal: never };
  const env = { ...(process.env as Record<string, string>), PATH: '/usr/bin:/bin', HOME: root };
  const toolchain: Toolchain = { io, root, venv: join(root, 'venv'), python, env };
  const uv = await findUv(toolchain);
  for (const tool of ['uv', 'poetry', 'pdm', 'pipenv'] as const) {
    const program = tool === 'uv' ? uv : await findTool(toolchain, tool, uv);
    expect(program).toContain(`venv-${tool}`);
    let said = '';
    const exit = await runnerExec(
      { program, args: ['--version'], cwd: root, env },
      (chunk) => {
        said += Buffer.from(chunk).toString();
      },
      never,
    );
    expect([exit, said]).toEqual([0, expect.stringContaining(toolVersions[tool].split('==')[1] ?? '')]);
  }
});
