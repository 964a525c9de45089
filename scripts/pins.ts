import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { driverVersions, toolVersions } from '../src/project/install/tool-versions.ts';

/**
 * Writes the requirements of the tools and drivers that the action installs itself: every package that each needs on any system and on any
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

async function write(
  file: string,
  name: string,
  comment: string,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  const entries: string[] = [];
  for (const [key, requirement] of Object.entries(wanted)) {
    entries.push(`  ${key}: \`\\\n${(await compile(requirement)).replaceAll('\\', '\\\\')}\`,\n`);
  }
  await writeFile(
    `src/project/install/${file}`,
    `/** Made by "npm run pins" from tool-versions.ts: ${comment}, with the hashes of all their files. */
export const ${name} = {
${entries.join('')}} as const;
`,
  );
}

await write('tool-requirements.ts', 'toolRequirements', 'the packages of each tool', toolVersions);
await write('driver-requirements.ts', 'driverRequirements', 'the packages of each driver', driverVersions);
