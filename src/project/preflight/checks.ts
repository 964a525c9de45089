import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { giveDatabase } from '../django/django-failures.ts';
import type { CheckMessage } from '../django/outcome.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { giveVariables, lineOf, unsetVariables } from '../django/variable-advice.ts';
import { type PreflightOptions, place, placeOf } from './finding-places.ts';

/** The setting that each of Django's security checks is about, so that its line can be shown. */
const settingOf: Readonly<Record<string, string>> = {
  'security.W001': 'MIDDLEWARE',
  'security.W002': 'MIDDLEWARE',
  'security.W003': 'MIDDLEWARE',
  'security.W004': 'SECURE_HSTS_SECONDS',
  'security.W005': 'SECURE_HSTS_INCLUDE_SUBDOMAINS',
  'security.W006': 'SECURE_CONTENT_TYPE_NOSNIFF',
  'security.W008': 'SECURE_SSL_REDIRECT',
  'security.W009': 'SECRET_KEY',
  'security.W010': 'SESSION_COOKIE_SECURE',
  'security.W011': 'SESSION_COOKIE_SECURE',
  'security.W012': 'SESSION_COOKIE_SECURE',
  'security.W013': 'SESSION_COOKIE_HTTPONLY',
  'security.W014': 'SESSION_COOKIE_HTTPONLY',
  'security.W015': 'SESSION_COOKIE_HTTPONLY',
  'security.W016': 'CSRF_COOKIE_SECURE',
  'security.W018': 'DEBUG',
  'security.W019': 'X_FRAME_OPTIONS',
  'security.W020': 'ALLOWED_HOSTS',
  'security.W021': 'SECURE_HSTS_PRELOAD',
  'security.W022': 'SECURE_REFERRER_POLICY',
  'security.E023': 'SECURE_REFERRER_POLICY',
  'security.E024': 'SECURE_CROSS_ORIGIN_OPENER_POLICY',
  'security.W025': 'SECRET_KEY_FALLBACKS',
  'security.E101': 'CSRF_FAILURE_VIEW',
  'security.E102': 'CSRF_FAILURE_VIEW',
  'mail.E001': 'MAILERS',
  'mail.W001': 'MAILERS',
  '4_0.E001': 'CSRF_TRUSTED_ORIGINS',
  'staticfiles.E001': 'STATICFILES_DIRS',
  'staticfiles.E002': 'STATICFILES_DIRS',
  'staticfiles.E003': 'STATICFILES_DIRS',
  'staticfiles.W004': 'STATICFILES_DIRS',
  'staticfiles.E005': 'STORAGES',
};

/** What to write for those that most projects have, of which Django's own text is a paragraph without it. */
const toWrite: Readonly<Record<string, string>> = {
  'security.W004':
    'SECURE_HSTS_SECONDS = 3600, and more once https is there to stay; with it SECURE_HSTS_INCLUDE_SUBDOMAINS = True and SECURE_HSTS_PRELOAD = True, where every subdomain has https',
  'security.W005': 'SECURE_HSTS_INCLUDE_SUBDOMAINS = True, where every subdomain has https',
  'security.W008':
    'SECURE_SSL_REDIRECT = True, where the host does not redirect to https itself; behind a proxy that ends https only with SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',
  'security.W009':
    'SECRET_KEY = os.environ["SECRET_KEY"], with "import os" at the top, and set the variable SECRET_KEY at the host',
  'security.W012': 'SESSION_COOKIE_SECURE = True',
  'security.W016': 'CSRF_COOKIE_SECURE = True',
  'security.W020': 'ALLOWED_HOSTS = ["<host name of the site>"]',
  'security.W021': 'SECURE_HSTS_PRELOAD = True, where the domain is to be on the lists of browsers',
};

/** A site at http:// would be gone with a redirect to https. */
const plainSite =
  'SECURE_SSL_REDIRECT is off, as it has to be while the input url is an http:// address: nothing is known to speak https there.';

/** Django's own messages, without those of which ours say more. */
export function fromChecks(
  messages: readonly CheckMessage[],
  settings: ProjectSettings | undefined,
  reported: ReadonlySet<string>,
  options: PreflightOptions,
): Finding[] {
  const withoutDatabase = fromEmptyDatabases(messages, settings, options);
  return [
    ...withoutDatabase,
    ...messages
      .filter((message) => !(withoutDatabase.length > 0 && followsFromNone(message)))
      .filter(({ level, id }) => level >= 30 && !(id === 'security.W020' && reported.has('deploy.allowed-hosts')))
      .map((message) => fromCheck(message, settings, options)),
  ];
}

/** Checks of fields ask the database for what it can, and one that is none can nothing. */
const followsFromNone = ({ id }: CheckMessage): boolean => /^(fields\.E120|mysql\.|postgres\.)/.test(id ?? '');

/** DATABASES without a default: often it is put together from variables that the build has not got. */
function fromEmptyDatabases(
  messages: readonly CheckMessage[],
  settings: ProjectSettings | undefined,
  options: PreflightOptions,
): Finding[] {
  if (settings?.database?.engine !== 'django.db.backends.dummy' || !messages.some(followsFromNone)) return [];
  const advice = giveVariables(settings, 'DATABASES') ?? giveDatabase;
  const message = `DATABASES has no default, so that Django cannot check models. ${advice}`;
  return [{ level: 'error', id: 'deploy.no-database', message, ...placeOf(options, settings, 'DATABASES') }];
}

function fromCheck(message: CheckMessage, settings: ProjectSettings | undefined, options: PreflightOptions): Finding {
  const id = message.id ?? 'check';
  const at = placeOfMessage(message, settings, options);
  if (id === 'security.W018') return debugIsOn(settings, at);
  const isPlain = options.url !== undefined && new URL(options.url).protocol === 'http:';
  const object = message.object ? `${message.object}: ` : '';
  const isAsItHasToBe = isPlain && id === 'security.W008';
  const level = isAsItHasToBe ? 'notice' : message.level >= 40 ? 'error' : 'warning';
  const text = `${object}${isAsItHasToBe ? plainSite : textOf(message, settings)}`.replaceAll(
    `${options.workspace}/`,
    '',
  );
  return { level, id, message: text, ...at };
}

const asSentence = (text: string): string => (/[.!?:]$/.test(text) ? text : `${text}.`);

function textOf({ id, text, hint }: CheckMessage, settings: ProjectSettings | undefined): string {
  const write = toWrite[id ?? ''];
  if (!write) return hint ? `${asSentence(text)} ${hint}` : text;
  const [first = text] = text.split(/(?<=\.) /);
  const unset = settings ? unsetVariables(settings, 'SECRET_KEY') : [];
  if (id === 'security.W009' && unset.length > 0)
    return `SECRET_KEY is a weak one of the settings, because this build has not got ${listSome(unset, 3)}. Give the host a real one there.`;
  const advice = settings && giveVariables(settings, settingOf[id ?? ''] ?? '');
  return `${asSentence(first)} ${advice ?? `Write ${write}`}`;
}

function placeOfMessage(message: CheckMessage, settings: ProjectSettings | undefined, options: PreflightOptions) {
  if (message.file) return place(options, message.file, message.line);
  const name = settingOf[message.id ?? ''];
  // A check of security is about settings, also where it is one that this table has not.
  if (settings && (name || message.id?.startsWith('security.'))) return placeOf(options, settings, name ?? '');
  return {};
}

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

/** Half of all projects turn it off by a variable that only their host has, and then it is no finding at all. */
function debugIsOn(settings: ProjectSettings | undefined, at: ReturnType<typeof place>): Finding {
  const isWritten = settings?.assigned.DEBUG?.literal === true;
  const advice =
    (settings && (giveVariables(settings, 'DEBUG') ?? giveOtherValues(settings))) ??
    (isWritten ? writeDebug : debugElsewhere);
  const message = `DEBUG is on: live it would show settings and code to visitors. ${advice}`;
  return { level: 'warning', id: 'deploy.debug', message, ...at };
}

/** The build has the variable that decides DEBUG, with a value that the settings do not take for "off". */
function giveOtherValues(settings: ProjectSettings): string | undefined {
  const names = Object.keys(settings.debug_off ?? {});
  if (names.length === 0) return undefined;
  const lines = names.map((name) => lineOf(settings, name));
  return `The build has ${listSome(names, 3)}, and another value turns it off in these settings. Write into the input env: ${listSome(lines, 3, ' or ')}`;
}
