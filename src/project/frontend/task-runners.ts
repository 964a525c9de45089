import { quote } from '../../lib/shell-word.ts';
import type { FrontEndPackage, Makefile } from './front-ends.ts';

interface TaskRunner {
  readonly file: RegExp;
  readonly program: string;
  /** Tasks that end and make what the site needs, the likeliest first; without one the program's default is run. */
  readonly tasks?: readonly string[];
}

/** Files of programs that a project runs without a script. */
const runners: readonly TaskRunner[] = [
  { file: /^gulpfile\.\w+$/, program: 'gulp', tasks: ['build', 'production', 'prod', 'dist', 'compile', 'assets'] },
  { file: /^Gruntfile\.\w+$/i, program: 'grunt', tasks: ['build', 'production', 'prod', 'dist', 'compile', 'assets'] },
  { file: /^webpack[\w.-]*\.[cm]?[jt]s$/, program: 'webpack --mode production' },
  { file: /^vite\.config\.[cm]?[jt]s$/, program: 'vite build' },
];

/** Whether the text of a gulpfile or Gruntfile has this task: `exports.build`, `{ build, … }`, `task('build'`. */
const hasTask = (text: string, task: string): boolean =>
  new RegExp(
    `\\bexports\\.${task}\\b|\\b(?:export )(?:const|function|async function) ${task}\\b|[{,]\\s*${task}\\s*[,:}]|\\b(?:task|registerTask)\\(\\s*["'\`]${task}["'\`]`,
  ).test(text);

/** What `npx` runs where no script of package.json does it. The default task of gulp often watches, and never ends. */
export function programFor({ files, taskFiles }: FrontEndPackage): string | undefined {
  const runner = runners.find(({ file }) => files.some((name) => file.test(name)));
  if (!runner) return undefined;
  const text = taskFiles.find(({ name }) => runner.file.test(name))?.text ?? '';
  const task = runner.tasks?.find((one) => hasTask(text, one));
  return task === undefined ? runner.program : `${runner.program} ${task}`;
}

/** Targets that make the files of a front-end by their name. `build` alone is as often a container. */
const makingTarget =
  /^(assets|static|front-?end|css|js|s[ac]ss|webpack|bundle|(build|compile|make)[-_](assets|static|front-?end|css|js|s[ac]ss)|(assets|static|front-?end|css|js|s[ac]ss)[-_](build|compile))$/;

/** What a recipe does that makes nothing, or never ends. */
const otherRecipe = /collectstatic|docker|runserver|--?watch\b/;

/** The command line of a Makefile's target that makes the front-end; undefined if none is named so. */
export function makeCommand({ folder, text }: Makefile): string | undefined {
  const rules = text.split(/\n(?=[\w.-]+\s*:(?!=))/);
  const target = rules
    .map((rule) => /^([\w.-]+)\s*:(?!=)/.exec(rule)?.[1] ?? '')
    .find((name, at) => makingTarget.test(name) && !otherRecipe.test(rules[at] ?? ''));
  if (target === undefined) return undefined;
  return folder === '.' ? `make ${target}` : `make -C ${quote(folder)} ${target}`;
}
