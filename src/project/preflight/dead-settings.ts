import type { Finding } from '../../report/finding.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { type PreflightOptions, placeOf } from './finding-places.ts';

interface DeadSetting {
  /** The first Django that does not read it. */
  readonly since: readonly [number, number];
  /** What to write instead. */
  readonly instead: string | ((settings: ProjectSettings) => string);
  /** What goes wrong without a word; a setting that has it stops the deploy. */
  readonly breaks?: string;
}

const templates: DeadSetting = { since: [1, 10], instead: 'Write it into TEMPLATES.' };
const gone = (major: number, minor: number): DeadSetting => ({ since: [major, minor], instead: 'Take it out.' });

const plainStorages = {
  default: 'django.core.files.storage.FileSystemStorage',
  staticfiles: 'django.contrib.staticfiles.storage.StaticFilesStorage',
};

/** Both storages, because STORAGES takes the place of the one in Django as a whole. */
function writeStorages({ old_storages: old }: ProjectSettings): string {
  const storages = {
    default: { BACKEND: old.DEFAULT_FILE_STORAGE ?? plainStorages.default },
    staticfiles: { BACKEND: old.STATICFILES_STORAGE ?? plainStorages.staticfiles },
  };
  return `Write in its place: STORAGES = ${JSON.stringify(storages).replace(/[:,]/g, '$& ')}`;
}

/** Settings that Django once read, and now passes over. */
export const deadSettings: Readonly<Record<string, DeadSetting>> = {
  STATICFILES_STORAGE: {
    since: [5, 1],
    instead: writeStorages,
    breaks: 'names get no hashes',
  },
  DEFAULT_FILE_STORAGE: {
    since: [5, 1],
    instead: writeStorages,
    breaks: 'uploads go to the disk of the host',
  },
  USE_L10N: gone(5, 0),
  USE_DEPRECATED_PYTZ: { since: [5, 0], instead: 'Take it out, and use zoneinfo.' },
  CSRF_COOKIE_MASKED: gone(5, 0),
  FORMS_URLFIELD_ASSUME_HTTPS: gone(6, 0),
  SECURE_BROWSER_XSS_FILTER: { since: [4, 0], instead: 'Take it out; a Content-Security-Policy does this today.' },
  PASSWORD_RESET_TIMEOUT_DAYS: { since: [4, 0], instead: 'Write PASSWORD_RESET_TIMEOUT, in seconds.' },
  DEFAULT_HASHING_ALGORITHM: gone(4, 0),
  FILE_CHARSET: { since: [3, 1], instead: 'Take it out, and keep files in UTF-8.' },
  DEFAULT_CONTENT_TYPE: { since: [3, 0], instead: 'Take it out; pages are text/html.' },
  USE_ETAGS: { since: [2, 1], instead: 'Add django.middleware.http.ConditionalGetMiddleware to MIDDLEWARE.' },
  MIDDLEWARE_CLASSES: { since: [2, 0], instead: 'Write MIDDLEWARE.', breaks: 'no middleware of it runs' },
  TEMPLATE_DIRS: templates,
  TEMPLATE_LOADERS: templates,
  TEMPLATE_CONTEXT_PROCESSORS: templates,
  TEMPLATE_DEBUG: templates,
  TEMPLATE_STRING_IF_INVALID: templates,
};

function isDead(version: string, [major, minor]: readonly [number, number]): boolean {
  const [own = 0, ownMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return own > major || (own === major && ownMinor >= minor);
}

/** What takes the place of a setting, if the project has it: then the dead one is only a leftover. */
const successors: Readonly<Record<string, string>> = {
  STATICFILES_STORAGE: 'STORAGES',
  DEFAULT_FILE_STORAGE: 'STORAGES',
  MIDDLEWARE_CLASSES: 'MIDDLEWARE',
};

export function fromDeadSettings(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  return settings.overridden.flatMap((name): Finding[] => {
    const dead = deadSettings[name];
    if (!dead || !isDead(settings.django, dead.since)) return [];
    const successor = settings.overridden.find((one) => one === successors[name]);
    const breaks = successor ? undefined : dead.breaks;
    const instead = typeof dead.instead === 'string' ? dead.instead : dead.instead(settings);
    const effect = breaks ? `, so ${breaks}` : '';
    const message = `Django ${settings.django} ignores ${name} without a word${effect}. ${successor ? `Take it out; ${successor} has its place.` : instead}`;
    return [
      {
        level: breaks ? 'error' : 'warning',
        id: breaks ? 'deploy.dead-setting' : 'deploy.old-setting',
        message,
        ...placeOf(options, settings, name),
      },
    ];
  });
}
