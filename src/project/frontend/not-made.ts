import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../report/finding.ts';
import { withManagePy } from '../checkout/manage-py.ts';
import { placeIn } from '../checkout/place.ts';
import type { Outcome, Unmade } from '../django/outcome.ts';

interface Maker {
  readonly input: 'build-command' | 'post-build-command';
  readonly command: string;
  /** What pages need it for. */
  readonly effect: string;
}

/** What makes the files of each tool, and when: before collectstatic, or after it. */
const makers: Readonly<Record<string, Maker>> = {
  compressor: {
    input: 'post-build-command',
    command: 'python manage.py compress --force',
    effect: 'COMPRESS_OFFLINE is on, and every page with {% compress %} answers 500 without',
  },
  sass_processor: {
    input: 'build-command',
    command: 'python manage.py compilescss',
    effect: 'SASS_PROCESSOR_ENABLED is off, and {% sass_src %} asks for',
  },
  webpack_loader: {
    input: 'build-command',
    command: 'npm ci && npm run build',
    effect: 'every page with {% render_bundle %} answers 500 without',
  },
  tailwind: {
    input: 'build-command',
    command: 'python manage.py tailwind install && python manage.py tailwind build',
    effect: '{% tailwind_css %} asks for',
  },
  django_tailwind_cli: {
    input: 'build-command',
    command: 'python manage.py tailwind download_cli && python manage.py tailwind build',
    effect: '{% tailwind_css %} asks for',
  },
  statici18n: {
    input: 'build-command',
    command: 'python manage.py compilemessages && python manage.py compilejsi18n',
    effect: '{% statici18n %} asks for files in',
  },
};

/** Paths at which the file may have come to be after Django looked: where the tool keeps it, or among the collected. */
const pathsOf = ({ name, path }: Unmade, folders: readonly (string | undefined)[]): string[] =>
  [path ?? undefined, ...folders.map((folder) => folder && join(folder, name))]
    .filter((one) => one !== undefined)
    .filter((one) => existsSync(one));

/** A list of what was made that holds nothing, as `compress` writes it where no template could be rendered yet. */
const isEmptyList = (path: string): boolean =>
  path.endsWith('.json') && /^\s*\{\s*\}\s*$/.test(readFileSync(path, 'utf8'));

/**
 * Files that a tool of an installed app has to make, and has not.
 * @param folders Where static files were collected to, and STATIC_ROOT.
 * @param managePy Relative to the working directory, in which the commands run.
 */
export function fromUnmade(
  { unmade }: Outcome,
  workspace: string,
  folders: readonly (string | undefined)[],
  managePy: string,
): Finding[] {
  return (unmade ?? []).flatMap((one): Finding[] => {
    const maker = makers[one.tool];
    const there = pathsOf(one, folders);
    if (!maker || there.some((path) => !isEmptyList(path))) return [];
    const state = there.length > 0 ? 'which was made before collectstatic and holds nothing' : 'which nothing has made';
    const message = `${maker.effect} ${one.name}, ${state}. Write ${maker.input}: ${withManagePy(maker.command, managePy)}`;
    return [{ level: 'error', id: 'deploy.not-made', message, ...placeIn(workspace, one.file, one.line) }];
  });
}
