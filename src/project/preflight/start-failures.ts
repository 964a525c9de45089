import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { describeFailure, isFatal, isOfStaticFiles, remedyOf } from '../django/django-failures.ts';
import type { Outcome } from '../django/outcome.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { lineOf } from '../django/variable-advice.ts';
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
export function fromMediaStorage({ failures, project }: Outcome, options: PreflightOptions): Finding[] {
  const failure = failures.find(({ step }) => step === 'media-storage');
  if (!failure) return [];
  const last = failure.frames.at(-1);
  const message = `${describeFailure(failure)}. ${remedyOf(failure, project)}`;
  // What it asks its server is not known to fail where there is a network.
  const level = failure.storage?.server && !options.media ? 'warning' : 'error';
  return [{ level, id: 'deploy.media-storage', message, ...place(options, last?.file, last?.line) }];
}

/** Modules that are no settings to deploy with: parts of others, and those for one machine or for tests. */
const isPart = (module: string): boolean =>
  /^(base|common|defaults?|utils?|helpers?|urls|wsgi|asgi|celery|apps?|conf|ci|storages?|storage_backends|middleware|views|tests?|context_processors|routing|components|env|logging|celeryconfig|tasks|version|types|constants|admin|models)$/.test(
    ownName(module),
  );

/**
 * Settings for development that manage.py chose, or that the chosen package takes over. Others beside them, and the module that
 * wsgi.py or asgi.py names, are likelier to run live.
 */
export function fromSettingsModule(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const { settings_module: chosen, siblings, debug } = settings;
  const named = forDevelopment.test(ownName(chosen));
  if (!settings.chosen_by_manage_py || !(named || debug) || forProduction.test(ownName(chosen))) return [];
  const inPackage = siblings.every((module) => module.startsWith(`${chosen}.`));
  const better = siblings.find((module) =>
    (named || inPackage ? forProduction : surelyProduction).test(ownName(module)),
  );
  const others = named || inPackage ? siblings.filter((one) => !isPart(one) && !forDevelopment.test(ownName(one))) : [];
  const what =
    (better && `Set settings-module: ${better}`) ??
    fromServer(settings) ??
    (others.length > 0
      ? `${inPackage ? 'In it' : 'Beside it'} there ${others.length === 1 ? 'is' : 'are'} ${listSome(others, 5)}. If one of them is for production, name it: settings-module: ${others[0]}`
      : named && 'If the host runs other settings, name them by settings-module.');
  if (!what) return [];
  const why = named ? 'which looks like settings for development' : 'in which DEBUG is on';
  const message = `manage.py chose ${chosen}, ${why}. ${what}`;
  return [{ level: 'warning', id: 'deploy.settings-module', message, ...place(options, settings.settings_file) }];
}

/** What to set where the server's file names other settings than manage.py. */
function fromServer({ settings_module: chosen, server_settings: server }: ProjectSettings): string | undefined {
  if (!server || server.module === chosen || forDevelopment.test(ownName(server.module))) return undefined;
  const make = server.found ? '' : '; the checkout does not have it, so make it in build-command';
  return `${server.file} names ${server.module}: set settings-module: ${server.module}${make}`;
}

/** Values that the build made up, so that nobody takes them for those of the host. */
export function fromThrowAway(names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'is' : 'are';
  const message = `${names.join(', ')} ${verb} not set: the build ran with throw-away values. The host needs real ones.`;
  return [{ level: 'notice', id: 'deploy.throw-away', message }];
}
