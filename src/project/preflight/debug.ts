import { listSome, plural } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { giveVariables, lineOf, unsetVariables } from '../django/variable-advice.ts';
import { type PreflightOptions, type place, placeOf } from './finding-places.ts';

/**
 * DEBUG where variables are missing and Django's checks say nothing yet: the variable that turns it off is one of those to add.
 * One that has a made-up value is told with them.
 */
export function fromDebug(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  if (!settings.debug || unsetVariables(settings, 'DEBUG').length === 0) return [];
  return [debugIsOn(settings, placeOf(options, settings, 'DEBUG'))];
}

/** Where nothing outside of the settings can turn it off, as in a project that Django has just begun. */
const writeDebug =
  'Write DEBUG = os.environ.get("DEBUG") == "1", with "import os" at the top, and set DEBUG=1 where you develop; or write DEBUG = False.';
const debugElsewhere =
  'Where a variable of the host turns it off, give the build the same one, with the same value, by the input env; else write DEBUG = False.';

/**
 * Half of all projects turn it off by a variable that only their host has, and then it is no finding at all.
 * @param following Number of warnings that are not shown, because what they are about is another value without DEBUG.
 */
export function debugIsOn(settings: ProjectSettings | undefined, at: ReturnType<typeof place>, following = 0): Finding {
  const isWritten = settings?.assigned.DEBUG?.literal === true;
  const advice =
    (settings && (giveVariables(settings, 'DEBUG') ?? giveOtherValues(settings))) ??
    (isWritten ? writeDebug : debugElsewhere);
  const verbs = following === 1 ? 'depends on it and is' : 'depend on it and are';
  const others =
    following > 0 ? `${plural(following, 'further warning')} of Django ${verbs} left out until it is off. ` : '';
  const message = `DEBUG is on: live it would show settings and code to visitors. ${others}${advice}`;
  return { level: 'warning', id: 'deploy.debug', message, ...at };
}

/** The build has the variable that decides DEBUG, with a value that the settings do not take for "off". */
function giveOtherValues(settings: ProjectSettings): string | undefined {
  const names = Object.keys(settings.debug_off ?? {});
  if (names.length === 0) return undefined;
  const lines = names.map((name) => lineOf(settings, name));
  return `The build has ${listSome(names, 3)}, and another value turns it off in these settings. Write into the input env: ${listSome(lines, 3, ' or ')}`;
}
