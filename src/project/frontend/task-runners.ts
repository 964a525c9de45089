import { quote } from '../../lib/shell-word.ts';
import type { FrontEndPackage, Makefile } from './front-ends.ts';
import { gruntTasks, gulpTasks } from './task-names.ts';

interface TaskRunner {
  /** Names under which the program finds the file by itself. */
  readonly file: RegExp;
  readonly program: string;
  /** Names of the tasks in the file's text; without one that makes what the site needs, the program's default is run. */
  readonly tasksIn?: (text: string) => readonly string[];
}

/** Tasks that end and make what the site needs, the likeliest first. */
const makingTasks = ['build', 'production', 'prod', 'dist', 'compile', 'assets'];

/** Files of programs that a project runs without a script. */
const runners: readonly TaskRunner[] = [
  { file: /^gulpfile(\.\w+)?\.([cm]?[jt]s|coffee)$/i, program: 'gulp', tasksIn: gulpTasks },
  { file: /^gruntfile\.(c?js|coffee)$/i, program: 'grunt', tasksIn: gruntTasks },
  { file: /^webpack\.mix\.[cm]?js$/, program: 'mix --production' },
  { file: /^webpack\.config(\.babel)?\.[cm]?[jt]s$/, program: 'webpack --mode production' },
  { file: /^vite\.config\.[cm]?[jt]s$/, program: 'vite build' },
];

/** Whether it is a file of a task runner, whose text says which tasks there are. */
export const isTaskFile = (name: string): boolean => runners.some(({ file, tasksIn }) => tasksIn && file.test(name));

/** A configuration of webpack that it takes only by its name: the one for production, or the only one. */
function namedWebpack(files: readonly string[]): string | undefined {
  const configs = files.filter((name) => /^webpack[.-][\w.-]*\.[cm]?[jt]s$/.test(name));
  const config = configs.find((name) => /prod/i.test(name)) ?? (configs.length === 1 ? configs[0] : undefined);
  return config === undefined ? undefined : `webpack --mode production --config ${config}`;
}

/** What `npx` runs where no script of package.json does it. The default task of gulp often watches, and never ends. */
export function programFor({ files, taskFiles }: FrontEndPackage): string | undefined {
  const runner = runners.find(({ file }) => files.some((name) => file.test(name)));
  if (!runner) return namedWebpack(files);
  const text = taskFiles.find(({ name }) => runner.file.test(name))?.text ?? '';
  const tasks = runner.tasksIn?.(text) ?? [];
  const task = makingTasks.find((one) => tasks.includes(one));
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
