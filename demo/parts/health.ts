import { inBrackets } from '../../src/core/errors.ts';
import { runProgram } from './run-program.ts';

/** An app as it is run on this machine. */
export interface App {
  readonly python: string;
  /** Folder of manage.py. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Prints the pages that need no argument, one a line. Those of the admin are one. */
const listPages = `
import django
django.setup()
from django.urls import get_resolver

def show(patterns, before, depth):
    for one in patterns:
        path = before + str(one.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        inner = getattr(one, "url_patterns", None)
        if inner is None or getattr(one, "app_name", None) == "admin":
            print("/" + path)
        elif depth < 4:
            show(inner, path, depth + 1)

show(get_resolver().url_patterns, "", 0)
`;

/** Paths of the project's pages, those of the admin last; none where Django cannot tell. */
export async function pagesOf({ python, cwd, env, signal }: App): Promise<string[]> {
  const { stdout } = await runProgram(python, ['-c', listPages], { cwd, env, signal }).catch(() => ({ stdout: '' }));
  const paths = stdout.split('\n').filter((line) => /^\/[\w/.-]+$/.test(line));
  const isAdmin = (path: string) => path.startsWith('/admin');
  return [...new Set([...paths.filter((path) => !isAdmin(path)), ...paths.filter(isAdmin)])];
}

/**
 * The last error of what an app has printed, in one line with the project's own line that led there; undefined where there is none.
 * @param folder Of manage.py.
 */
export function lastTrace(output: string, folder: string): string | undefined {
  const trace = output.split('Traceback (most recent call last):\n').slice(1).at(-1) ?? '';
  const error = trace.split('\n').find((line) => /^[A-Za-z_][\w.]*(: |$)/.test(line));
  if (error === undefined) return undefined;
  const own = new RegExp(String.raw`File "${RegExp.escape(folder)}/([^"]+)", line (\d+)`, 'g');
  const [, file, line] = [...trace.matchAll(own)].at(-1) ?? [];
  return `${error}${inBrackets(file === undefined ? undefined : { file, line: Number(line) })}`;
}

/** What to do about a page that answers this. */
export function unhealthy(
  path: string,
  status: number,
  { pages, trace }: { readonly pages: readonly string[]; readonly trace: string | undefined },
): string {
  const answer = `${path} answers ${status}`;
  if (status >= 500) return `${answer}: ${trace ?? 'the app failed, and its log says why'}`;
  if (status !== 404) return `${answer}: name a page that everybody may see, as health-path=/about/ does`;
  const [first = '/admin/', ...others] = pages;
  const more = others.length > 0 ? ` (there are also ${others.slice(0, 4).join(', ')})` : '';
  return `${answer}: there is no such page. Name another one, as health-path=${first} does${more}`;
}
