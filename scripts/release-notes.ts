import { readFile } from 'node:fs/promises';

/**
 * The notes of one release: its section of CHANGELOG.md.
 * @param wanted Version without "v", for example "1.2.3"; package.json has to have the same.
 * @throws Error that says what to write, if the two files are not ready for it.
 */
export function releaseNotes(changelog: string, packageJson: string, wanted: string): string {
  const { version } = JSON.parse(packageJson) as { readonly version: string };
  if (version !== wanted)
    throw new Error(`package.json has version ${version}. Set it to ${wanted}, or release ${version}.`);
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === wanted);
  if (section === undefined)
    throw new Error(`CHANGELOG.md has no section "## ${wanted} (YYYY-MM-DD)". Rename "## Unreleased" to it.`);
  const [heading = '', ...lines] = section.split('\n');
  if (!/^\S+ \(\d{4}-\d{2}-\d{2}\)$/.test(heading))
    throw new Error(`CHANGELOG.md: "## ${heading}" has no date. Write "## ${wanted} (YYYY-MM-DD)".`);
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md: the section of ${wanted} is empty.`);
  return notes;
}

if (import.meta.main) {
  const [, , wanted = ''] = process.argv;
  const read = (path: string) => readFile(path, 'utf8');
  process.stdout.write(`${releaseNotes(await read('CHANGELOG.md'), await read('package.json'), wanted)}\n`);
}
