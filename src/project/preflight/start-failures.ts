import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { describeFailure, isFatal, isOfStaticFiles, remedyOf } from '../django/django-failures.ts';
import type { Outcome } from '../django/outcome.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { lineOf } from '../django/variable-line.ts';
import { type PreflightOptions, place } from './finding-places.ts';

const forDevelopment = /(^|[._])(local|dev|devel|development|test|tests|testing|debug)([._]|$)/;
const forProduction = /(^|[._])(production|prod|live|deploy|deployment)([._]|$)/;
/** A module beside settings that do not say what they are for may be `deploy.py` and no settings at all. */
const surelyProduction = /(^|[._])(production|prod)([._]|$)/;

const ownName = (module: string): string => module.split('.').at(-1) ?? module;

/** What keeps Django from starting. */
export function fromStart(outcome: Outcome, options: PreflightOptions): Finding[] {
  const { project, needed = [], failures } = outcome;
  const failure = failures.find((one) => isFatal(one) && !isOfStaticFiles(one));
  if (needed.length > 0) {
    return needed.map(({ name, file, line }) => ({
      level: 'error',
      id: 'deploy.variable',
      message: `Django needs the environment variable ${name}, which is not set. Add a line to the input env: ${lineOf(project, name)}`,
      ...place(options, file, line),
    }));
  }
  if (!failure) return [];
  const last = failure.frames.at(-1);
  const at = place(options, last?.file, last?.line);
  return [{ level: 'error', id: 'deploy.start', message: `${describeFailure(failure)}. ${remedyOf(failure)}`, ...at }];
}

/** A storage for media that cannot be made or asked: uploads and their addresses fail on the host, if it is the same there. */
export function fromMediaStorage({ failures }: Outcome, options: PreflightOptions): Finding[] {
  const failure = failures.find(({ step }) => step === 'media-storage');
  if (!failure) return [];
  const last = failure.frames.at(-1);
  const message = `${describeFailure(failure)}. ${remedyOf(failure)}`;
  // What it asks its server is not known to fail where there is a network.
  const level = failure.storage?.server && !options.media ? 'warning' : 'error';
  return [{ level, id: 'deploy.media-storage', message, ...place(options, last?.file, last?.line) }];
}

/** Modules that are no settings to deploy with: parts of others, and those for one machine or for tests. */
const isPart = (module: string): boolean =>
  /^(base|common|defaults?|utils?|helpers?|urls|wsgi|asgi|celery|apps?|conf|ci|storages?|storage_backends|middleware|views|tests?|context_processors|routing|components|env|logging|celeryconfig|tasks|version|types|constants|admin|models)$/.test(
    ownName(module),
  );

/** Settings for development that manage.py chose, or that the chosen package takes over, while there are others beside them. */
export function fromSettingsModule(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const { settings_module: chosen, siblings, debug } = settings;
  const named = forDevelopment.test(ownName(chosen));
  if (!settings.chosen_by_manage_py || !(named || debug) || forProduction.test(ownName(chosen))) return [];
  const inPackage = siblings.every((module) => module.startsWith(`${chosen}.`));
  const better = siblings.find((module) =>
    (named || inPackage ? forProduction : surelyProduction).test(ownName(module)),
  );
  const others = named || inPackage ? siblings.filter((one) => !isPart(one) && !forDevelopment.test(ownName(one))) : [];
  if (!better && others.length === 0) return [];
  const why = named ? 'which looks like settings for development' : 'in which DEBUG is on';
  const what = better
    ? `Set settings-module: ${better}`
    : `${inPackage ? 'In it' : 'Beside it'} there ${others.length === 1 ? 'is' : 'are'} ${listSome(others, 5)}. If one of them is for production, name it: settings-module: ${others[0]}`;
  const message = `manage.py chose ${chosen}, ${why}. ${what}`;
  return [{ level: 'warning', id: 'deploy.settings-module', message, ...place(options, settings.settings_file) }];
}

/** Values that the build made up, so that nobody takes them for those of the host. */
export function fromThrowAway(names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'is' : 'are';
  const message = `${names.join(', ')} ${verb} not set: the build ran with throw-away values. The host needs real ones.`;
  return [{ level: 'notice', id: 'deploy.throw-away', message }];
}
