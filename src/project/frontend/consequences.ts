import { posix } from 'node:path';
import { listSome, plural } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import type { Outcome } from '../django/outcome.ts';
import { adviseFrontEnd, type FrontEndAdvice } from './build-advice.ts';
import type { FrontEndPackage, FrontEnds } from './front-ends.ts';
import { buildScripts, isBuilt } from './frontend.ts';
import { sourceOf } from './sources.ts';

/** Other names of scripts that build, which alone say little. */
const otherScripts = [
  'prod',
  'dist',
  'compile',
  'assets',
  'build:css',
  'build-css',
  'css',
  'sass',
  'styles',
  'tailwind',
  'webpack',
  'gulp',
  'build:dev',
  'dev:build',
];

/** Files of programs that a project runs without a script. */
const programs: readonly (readonly [RegExp, string])[] = [
  [/^gulpfile\.\w+$/, 'gulp'],
  [/^Gruntfile\.\w+$/i, 'grunt'],
  [/^webpack[\w.-]*\.[cm]?[jt]s$/, 'webpack --mode production'],
  [/^vite\.config\.[cm]?[jt]s$/, 'vite build'],
];

/** Checks that say that a front-end's files are not there. */
const ofFrontEnd: ReadonlySet<string> = new Set(['staticfiles.W004', 'django_vite.W001']);
const madeByFrontEnd: ReadonlySet<string> = new Set(['webpack_loader', 'tailwind']);

/** Whether something that pages need is not there. A name that is likely misspelt is no sign of that. */
function lacksFiles({ checks, templates, missing, unmade, failures }: Outcome): boolean {
  return (
    (checks ?? []).some(({ id }) => ofFrontEnd.has(id ?? '')) ||
    (templates ?? []).some(({ used = true, similar }) => used && !similar) ||
    (missing ?? []).length > 0 ||
    (unmade ?? []).some(({ tool }) => madeByFrontEnd.has(tool)) ||
    failures.some(({ step, message }) => step === 'collect' && /node_modules|No such file/.test(message))
  );
}

function adviceFor(one: FrontEndPackage, files: ReadonlySet<string>): FrontEndAdvice | undefined {
  const script = [...buildScripts, ...otherScripts].find((name) => one.scripts[name] !== undefined);
  if (script !== undefined) return isBuilt(one, script, files) ? undefined : adviseFrontEnd(one, script);
  const program = programs.find(([name]) => one.files.some((file) => name.test(file)))?.[1];
  return program === undefined ? undefined : adviseFrontEnd(one, undefined, program);
}

/**
 * A front-end that nothing has built, by what is not there because of it: a folder of STATICFILES_DIRS, the manifest of a bundler,
 * files that templates and style sheets name.
 */
export function missedFrontEnds(outcome: Outcome, { packages, files, prefix }: FrontEnds): Finding[] {
  if (!lacksFiles(outcome)) return [];
  const usualFirst = packages.toSorted((one, other) => Number(other.usual) - Number(one.usual));
  const installs = (outcome.checks ?? []).some(
    ({ id, text }) => id === 'staticfiles.W004' && /node_modules/.test(text),
  );
  for (const one of usualFirst) {
    const advice = adviceFor(one, files) ?? (installs ? adviseFrontEnd(one, undefined) : undefined);
    if (!advice) continue;
    const path = posix.join(one.folder, 'package.json');
    const message = `The front-end of ${path} is not built. Write build-command: ${advice.command}, and ${advice.setup} as a step before this one.`;
    return [{ level: 'warning', id: 'deploy.front-end', message, at: { file: prefix + path } }];
  }
  return fromSources(outcome, { packages: usualFirst, files, prefix });
}

/** No script says how, and the sources of what is missing are there. */
function fromSources({ templates }: Outcome, { packages, files, prefix }: Omit<FrontEnds, 'settings'>): Finding[] {
  for (const { name, used = true } of templates ?? []) {
    const source = used ? sourceOf(name, files) : undefined;
    if (source === undefined) continue;
    const [one] = packages;
    const install = one ? `${adviseFrontEnd(one, undefined).command} && …` : '…';
    const message = `"${name}" is made from ${prefix}${source} by all appearance, and nothing has made it. Write the commands that the project is built with (see its README) into build-command: ${install}`;
    return [{ level: 'warning', id: 'deploy.front-end', message, at: { file: prefix + source } }];
  }
  return [];
}

/** What follows from a front-end that is not built. */
const follows: ReadonlySet<string> = new Set([...ofFrontEnd, 'deploy.template', 'deploy.missing-file']);

const nameIn = (message: string): string | undefined => /"([^"]+)"/.exec(message)?.[1];

/** One finding in place of many: the front-end that is not built, with what is missing because of it. */
export function withFrontEnd(findings: readonly Finding[]): Finding[] {
  const at = findings.findIndex(({ id }) => id === 'deploy.front-end');
  const cause = findings[at];
  const folded = findings.filter(({ id, message }) => follows.has(id) && !message.includes('Did you mean'));
  if (!cause || folded.length === 0) return [...findings];
  const first = folded[0];
  const place = first?.at ? ` (${first.at.file}${first.at.line ? `, line ${first.at.line}` : ''})` : '';
  // What django-vite quotes first is the name of a setting.
  const named = folded.filter(({ id }) => id !== 'django_vite.W001');
  const names = [...new Set(named.flatMap(({ message }) => nameIn(message) ?? []))];
  const missing = ` ${plural(folded.length, 'other finding')} ${folded.length === 1 ? 'follows' : 'follow'} from it: ${listSome(names, 3)} ${names.length === 1 ? 'is' : 'are'} not there${place}.`;
  const level = folded.some((one) => one.level === 'error') ? 'error' : cause.level;
  const whole: Finding = { ...cause, level, message: cause.message + (names.length > 0 ? missing : '') };
  return findings.flatMap((one, index) => (index === at ? [whole] : folded.includes(one) ? [] : [one]));
}
