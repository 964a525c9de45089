import { posix } from 'node:path';
import { chooseManagePy } from '../../src/project/checkout/manage-py.ts';

/** A project as `--live` finds it. */
export interface FoundProject {
  /** Folder of manage.py, relative to the working directory. */
  readonly folder: string;
  /** The settings module that it is to run with. */
  readonly settings: string;
  /** Its pages ask the app itself for static files. */
  readonly servesItself: boolean;
}

const named = /DJANGO_SETTINGS_MODULE["'],?\]?\s*[,=]\s*["']([\w.]+)/;
const whiteNoise = /^[^#\n]*whitenoise\.middleware\.WhiteNoiseMiddleware/m;

/**
 * Chooses the project and its settings: those that wsgi.py names, which a server runs with, else those of manage.py.
 * @param python Texts of the Python files, by their path relative to the working directory.
 * @param chosen The input settings-module, or nothing.
 * @throws Error with a sentence for the user where there is no project that try can bring live.
 */
export function findProject(python: ReadonlyMap<string, string>, workingDirectory: string, chosen = ''): FoundProject {
  const called = (name: string) => [...python.keys()].filter((path) => posix.basename(path) === name);
  const managePy = chooseManagePy(called('manage.py'), workingDirectory);
  const folder = posix.dirname(managePy);
  const text = python.get(managePy) ?? '';
  if (/\bconfigurations\b/.test(text)) {
    throw new Error(
      '--live cannot run settings of django-configurations, which are a class. Leave --live out to have them checked.',
    );
  }
  const servers = called('wsgi.py').filter((path) => folder === '.' || path.startsWith(`${folder}/`));
  const naming = [...servers.map((path) => python.get(path) ?? ''), text];
  const settings = chosen || naming.flatMap((one) => named.exec(one)?.[1] ?? [])[0];
  if (settings === undefined) {
    throw new Error(`${managePy} names no settings. Name them, for example settings-module=config.settings`);
  }
  return { folder, settings, servesItself: [...python.values()].some((one) => whiteNoise.test(one)) };
}
