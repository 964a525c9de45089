import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { isAbsolute } from '../../store/addresses.ts';
import type { Serving } from '../django/serving-shape.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { type PreflightOptions, pathOf, place, placeOf } from './finding-places.ts';
import { fromSettingsModule } from './start-failures.ts';

/** What a project is looked at with whose app serves its static files. */
interface Look {
  readonly settings: ProjectSettings;
  readonly options: PreflightOptions;
  readonly serving: Serving;
  /** "WhiteNoise", "ServeStatic", "dj-static", "Django's StaticFilesHandler". */
  readonly name: string;
}

const names: Readonly<Record<string, string>> = {
  whitenoise: 'WhiteNoise',
  servestatic: 'ServeStatic',
  dj_static: 'dj-static',
  'django.contrib.staticfiles.handlers': 'StaticFilesHandler',
};

const isNoise = ({ server }: Serving): boolean => server === 'whitenoise' || server === 'servestatic';

/**
 * What may stand before it: SecurityMiddleware, whose redirects and headers static files get too, and what puts CORS headers on
 * its answers (whitenoise.readthedocs.io and the README of django-cors-headers).
 */
const mayComeBefore = /^(django\.middleware\.security\.SecurityMiddleware|corsheaders\.middleware\.\w+)$/;

const shortName = (path: string): string => path.split('.').at(-1) ?? path;

/** Static files that the app itself has to serve: who does it, and whether that is set up well. */
export function fromServing(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const { serving } = settings;
  if (!serving || isAbsolute(settings.static_url ?? '')) return [];
  const look = { settings, options, serving, name: names[serving.server ?? ''] ?? '' };
  const found = [...fromNobody(look), ...fromWrapper(look), ...fromView(look)];
  return isNoise(serving) ? [...found, ...fromOrder(look), ...fromFlags(look), ...fromFiles(look)] : found;
}

const warning = (id: string, message: string, at: object): Finding => ({ level: 'warning', id, message, ...at });
const notice = (id: string, message: string, at: object): Finding => ({ level: 'notice', id, message, ...at });

/**
 * Whether DEBUG is on wherever these settings are used: what a variable of the host turns off may turn on who serves, and other
 * settings may be the ones that are meant.
 */
const staysOn = (settings: ProjectSettings, options: PreflightOptions): boolean =>
  settings.assigned.DEBUG?.literal === true && fromSettingsModule(settings, options).length === 0;

/** Nothing in the app answers for STATIC_URL, and the host is none that does. */
function fromNobody({ settings, options, serving }: Look): Finding[] {
  const { server, view } = serving;
  if (settings.debug && !staysOn(settings, options)) return [];
  if (server || view || !options.releases || !options.planned || options.bucket) return [];
  const at = placeOf(options, settings, 'MIDDLEWARE');
  const url = settings.static_url ?? '/static/';
  const { host } = options;
  if (host?.servesStatic) {
    const message = `Nothing in the app serves ${url}, so ${host.title} has to: ${host.servesStatic}. Else every page lacks its files.`;
    return [notice('deploy.static-serving', message, at)];
  }
  const runserver = settings.debug ? ' ("python manage.py runserver" alone does, with DEBUG on)' : '';
  const message = `Nothing in the app serves ${url}${runserver}, and no bucket is named, so every page lacks its style sheets. Install whitenoise and put "whitenoise.middleware.WhiteNoiseMiddleware" behind SecurityMiddleware in MIDDLEWARE, or name a bucket. If a server before the app does it: SILENCED_SYSTEM_CHECKS = ["deploy.static-serving"].`;
  return [warning('deploy.static-serving', message, at)];
}

function fromWrapper({ options, serving, name }: Look): Finding[] {
  const { wrapper, middleware } = serving;
  if (!wrapper || middleware || isNoise(serving)) return [];
  const at = place(options, wrapper.file, wrapper.line);
  const why =
    wrapper.name === 'dj_static'
      ? 'is not maintained any more: it sends no compressed files, and lets browsers keep nothing for long'
      : 'is made for development: it is slow and lets browsers keep nothing';
  const message = `${name} serves the static files, and ${why}. Use WhiteNoise: take it out here, and put "whitenoise.middleware.WhiteNoiseMiddleware" behind SecurityMiddleware in MIDDLEWARE.`;
  return [warning('deploy.static-serving', message, at)];
}

function fromView({ settings, options, serving }: Look): Finding[] {
  const { view, server } = serving;
  if (!view || options.bucket) return [];
  const at = view.file ? place(options, view.file) : {};
  const answers = server ? `is never reached, because ${names[server]} answers before it` : 'serves the static files';
  const message = `Django's own view "serve" (${view.pattern}) ${answers}. It is made for development: slow, and without compression and caching. ${server ? 'Take it out.' : 'Use WhiteNoise, or name a bucket.'}`;
  return settings.debug
    ? []
    : [server ? notice('deploy.static-serving', message, at) : warning('deploy.static-serving', message, at)];
}

function fromOrder({ settings, options, serving, name }: Look): Finding[] {
  const { middleware, late_runserver: late, server, asgi } = serving;
  const found: Finding[] = [];
  const at = placeOf(options, settings, 'MIDDLEWARE');
  const before = (middleware?.before ?? []).filter((path) => !mayComeBefore.test(path)).map(shortName);
  if (before.length > 0) {
    const work = `${listSome(before, 3)} ${before.length === 1 ? 'stands' : 'stand'} before ${name} in MIDDLEWARE, and ${before.length === 1 ? 'does its' : 'do their'} work for each static file: sessions, queries, a second compression.`;
    found.push(warning('deploy.static-order', `${work} Put ${name} directly behind SecurityMiddleware.`, at));
  }
  if (middleware?.security_behind) {
    const message = `${name} stands before SecurityMiddleware in MIDDLEWARE, so static files get no redirect to https and none of its headers. Put it directly behind.`;
    found.push(warning('deploy.static-order', message, at));
  }
  if (late) {
    const message = `"${server}.runserver_nostatic" stands behind "django.contrib.staticfiles" in INSTALLED_APPS, so runserver serves the static files itself, otherwise than the live site. Put it before.`;
    found.push(notice('deploy.static-order', message, placeOf(options, settings, 'INSTALLED_APPS')));
  }
  if (asgi && server === 'whitenoise') {
    const message = `ASGI_APPLICATION is set, and WhiteNoise reads files synchronously: under ASGI each static file takes a thread and is held in memory. ServeStatic, its fork, serves them asynchronously; a bucket or a CDN takes them off the app.`;
    found.push(notice('deploy.static-settings', message, at));
  }
  return found;
}

/** A browser keeps what has no hash for so long; longer, and a release does not show. Seconds. */
const longForPlain = 24 * 3_600;

function fromFlags({ settings, options, serving, name }: Look): Finding[] {
  const { prefix, flags, max_age: age, immutable } = serving;
  const found: Finding[] = [];
  const add = (level: 'warning' | 'notice', setting: string, message: string) => {
    const at = placeOf(options, settings, `${prefix}_${setting}`);
    found.push({ level, id: 'deploy.static-settings', message: `${prefix}_${setting} ${message}`, ...at });
  };
  if (flags.AUTOREFRESH && !settings.debug)
    add(
      'warning',
      'AUTOREFRESH',
      `is on: ${name} looks for each file on the disk at each request, and lets browsers keep none. It is for development; leave it out, and it follows DEBUG.`,
    );
  if (flags.USE_FINDERS && !settings.debug)
    add(
      'warning',
      'USE_FINDERS',
      `is on: ${name} serves files where the apps have them, not what collectstatic made of them. It is for development; leave it out, and it follows DEBUG.`,
    );
  if (flags.MANIFEST_STRICT === false)
    add(
      'notice',
      'MANIFEST_STRICT',
      'is off: a page that names a file which is not there links one that answers 404, where it would be an error.',
    );
  if (flags.KEEP_ONLY_HASHED_FILES && !(serving.compressed && settings.static_storage?.hashed))
    add(
      'notice',
      'KEEP_ONLY_HASHED_FILES',
      `changes nothing: only CompressedManifestStaticFilesStorage of ${name} follows it.`,
    );
  if (age !== null && age > longForPlain)
    add(
      'warning',
      'MAX_AGE',
      `is ${age} seconds: so long browsers keep old files whose names have no hash. The default is 60.`,
    );
  if (immutable.length > 0)
    add(
      'warning',
      'IMMUTABLE_FILE_TEST',
      `calls files immutable whose name has no hash: ${listSome(immutable, 3)}. Browsers would keep them for ten years.`,
    );
  return found;
}

function fromFiles({ settings, options, serving, name }: Look): Finding[] {
  const { root, prefix, compressed, server } = serving;
  const { static_storage: storage } = settings;
  const found: Finding[] = [];
  const rootPlace = placeOf(options, settings, `${prefix}_ROOT`);
  if (root && !root.there) {
    const message = `${prefix}_ROOT is ${pathOf(options, root.path)}, which is not there after the build, so nothing of it is served.`;
    found.push(warning('deploy.static-settings', message, rootPlace));
  } else if (root && !root.own) {
    const message = `${prefix}_ROOT is ${root.path}, outside of the project, so it is in no artifact.`;
    found.push(warning('deploy.static-settings', message, rootPlace));
  }
  if (options.bucket || !storage?.local) return found;
  const at = placeOf(options, settings, settings.assigned.STORAGES ? 'STORAGES' : 'STATICFILES_STORAGE');
  const best = `${server}.storage.CompressedManifestStaticFilesStorage`;
  if (!storage.hashed) {
    const message = `${storage.backend} puts no hashes into names, so ${name} lets browsers keep files for a minute alone. Use "${best}".`;
    found.push(notice('deploy.no-hashes', message, at));
  } else if (!compressed) {
    const message = `${storage.backend} makes no compressed files, so ${name} sends them as they are. Use "${best}", with brotli among the requirements.`;
    found.push(notice('deploy.uncompressed', message, at));
  }
  return found;
}
