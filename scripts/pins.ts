import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { toolVersions } from '../src/project/install/tool-versions.ts';

/**
 * Writes the requirements of the tools that the action installs itself: every package that each needs on any system and on any
 * Python that it takes, with the hashes of all its files. Needs uv on the PATH; run it after a version has changed.
 */
const run = promisify(execFile);

async function compile(requirement: string): Promise<string> {
  const args = ['pip', 'compile', '--quiet', '--universal', '--python-version', '3.10'];
  const quiet = ['--generate-hashes', '--no-header', '--no-annotate', '-'];
  const work = run('uv', [...args, ...quiet], { maxBuffer: 64 * 1024 * 1024 });
  work.child.stdin?.end(`${requirement}\n`);
  return (await work).stdout;
}

const entries: string[] = [];
for (const [tool, requirement] of Object.entries(toolVersions)) {
  entries.push(`  ${tool}: \`\\\n${(await compile(requirement)).replaceAll('\\', '\\\\')}\`,\n`);
}
await writeFile(
  'src/project/install/tool-requirements.ts',
  `/** Made by "npm run pins" from tool-versions.ts: the packages of each tool, with the hashes of all their files. */
export const toolRequirements = {
${entries.join('')}} as const;
`,
);
