import { posix } from 'node:path';
import { inBrackets } from '../../core/errors.ts';
import { listSome, plural } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { isOfStaticFiles, lacksBuiltFile } from '../django/django-failures.ts';
import type { Outcome, StepFailure } from '../django/outcome.ts';
import { adviseFrontEnd, type FrontEndAdvice } from './build-advice.ts';
import { chooseScripts } from './choose-scripts.ts';
import type { FrontEndPackage, FrontEnds } from './front-ends.ts';
import { sourceOf } from './sources.ts';
import { makeCommand, programFor } from './task-runners.ts';

/** Checks that say that a front-end's files are not there. */
const ofFrontEnd: ReadonlySet<string> = new Set(['staticfiles.W004', 'django_vite.W001']);
const madeByFrontEnd: ReadonlySet<string> = new Set(['webpack_loader', 'tailwind']);

/** Whether Django failed for want of something that a front-end's tools write. */
const failedForIt = (failure: StepFailure): boolean =>
  isOfStaticFiles(failure) ? /node_modules|No such file/.test(failure.message) : lacksBuiltFile(failure);

/** Whether something that pages need is not there. A name that is likely misspelt is no sign of that. */
function lacksFiles({ checks, templates, missing, unmade, failures }: Outcome): boolean {
  return (
    (checks ?? []).some(({ id }) => ofFrontEnd.has(id ?? '')) ||
    (templates ?? []).some(({ used = true, similar }) => used && !similar) ||
    (missing ?? []).length > 0 ||
    (unmade ?? []).some(({ tool }) => madeByFrontEnd.has(tool)) ||
    failures.some(failedForIt)
  );
}

/** Names of the static files that are not there. */
function missingNames({ templates, missing }: Outcome): string[] {
  const asked = (templates ?? []).filter(({ used = true, similar }) => used && !similar).map(({ name }) => name);
  return [...asked, ...(missing ?? []).map(({ url, target }) => target ?? url)];
}

function adviceFor(
  one: FrontEndPackage,
  missing: readonly string[],
  files: ReadonlySet<string>,
): FrontEndAdvice | undefined {
  const scripts = chooseScripts(one, missing, files);
  if (scripts.length > 0) return adviseFrontEnd(one, scripts);
  const program = programFor(one);
  return program === undefined ? undefined : adviseFrontEnd(one, [], program);
}

/**
 * A front-end that nothing has built, by what is not there because of it: a folder of STATICFILES_DIRS, the manifest of a bundler,
 * files that templates, style sheets and settings name.
 */
export function missedFrontEnds(outcome: Outcome, frontEnds: FrontEnds): Finding[] {
  if (!lacksFiles(outcome)) return [];
  const { packages, files, prefix } = frontEnds;
  const usualFirst = packages.toSorted((one, other) => Number(other.usual) - Number(one.usual));
  const missing = missingNames(outcome);
  const installs = (outcome.checks ?? []).some(
    ({ id, text }) => id === 'staticfiles.W004' && /node_modules/.test(text),
  );
  for (const one of usualFirst) {
    const advice = adviceFor(one, missing, files) ?? (installs ? adviseFrontEnd(one, []) : undefined);
    if (!advice) continue;
    const path = posix.join(one.folder, 'package.json');
    const message = `The front-end of ${path} is not built. Write build-command: ${advice.command}, and ${advice.setup} as a step before this one.`;
    return [{ level: 'warning', id: 'deploy.front-end', message, at: { file: prefix + path } }];
  }
  return [...fromMakefiles(frontEnds), ...fromSources(outcome, { ...frontEnds, packages: usualFirst })].slice(0, 1);
}

/** No script says how, and a Makefile does. */
function fromMakefiles({ makefiles, prefix }: FrontEnds): Finding[] {
  return makefiles.flatMap((one): Finding[] => {
    const command = makeCommand(one);
    if (command === undefined) return [];
    const path = posix.join(one.folder, 'Makefile');
    const message = `The front-end is not built, and ${path} has a target for it. Write build-command: ${command}`;
    return [{ level: 'warning', id: 'deploy.front-end', message, at: { file: prefix + path } }];
  });
}

/** No script says how, and the sources of what is missing are there. */
function fromSources({ templates }: Outcome, { packages, files, prefix }: FrontEnds): Finding[] {
  for (const { name, used = true } of templates ?? []) {
    const source = used ? sourceOf(name, files) : undefined;
    if (source === undefined) continue;
    const [one] = packages;
    const install = one ? `${adviseFrontEnd(one, []).command} && …` : '…';
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
  const place = inBrackets(first?.at);
  // What django-vite quotes first is the name of a setting.
  const named = folded.filter(({ id }) => id !== 'django_vite.W001');
  const names = [...new Set(named.flatMap(({ message }) => nameIn(message) ?? []))];
  const missing = ` ${plural(folded.length, 'other finding')} ${folded.length === 1 ? 'follows' : 'follow'} from it: ${listSome(names, 3)} ${names.length === 1 ? 'is' : 'are'} not there${place}.`;
  const level = folded.some((one) => one.level === 'error') ? 'error' : cause.level;
  const whole: Finding = { ...cause, level, message: cause.message + (names.length > 0 ? missing : '') };
  return findings.flatMap((one, index) => (index === at ? [whole] : folded.includes(one) ? [] : [one]));
}
