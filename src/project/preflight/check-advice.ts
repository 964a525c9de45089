import { listSome } from '../../lib/text.ts';
import type { CheckMessage } from '../django/outcome.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { giveVariables, unsetVariables } from '../django/variable-advice.ts';

/** The setting that each of Django's security checks is about, so that its line can be shown. */
export const settingOf: Readonly<Record<string, string>> = {
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
  'security.W004': 'SECURE_HSTS_SECONDS = 3600, and more once https is there to stay',
  'security.W008':
    'SECURE_SSL_REDIRECT = True, where the host does not redirect to https itself; behind a proxy that ends https only with SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',
  'security.W009':
    'SECRET_KEY = os.environ["SECRET_KEY"], with "import os" at the top, and set the variable SECRET_KEY at the host',
  'security.W012': 'SESSION_COOKIE_SECURE = True',
  'security.W016': 'CSRF_COOKIE_SECURE = True',
  'security.W020': 'ALLOWED_HOSTS = ["<host name of the site>"]',
};

/**
 * What Django asks for as soon as HSTS is on, though nobody can tell from the code whether it is right: browsers refuse http:// for
 * hosts that are no part of this site, and what is on their lists is hard to take back.
 */
export const isChoice: Readonly<Record<string, string>> = {
  'security.W005':
    'SECURE_HSTS_INCLUDE_SUBDOMAINS is off. Leave it so unless every subdomain, those of others too, has https for good.',
  'security.W021':
    'SECURE_HSTS_PRELOAD is off. Leave it so unless the domain is to be on the lists of browsers, from which it is hard to remove.',
};

const asSentence = (text: string): string => (/[.!?:]$/.test(text) ? text : `${text}.`);

const randomKey = 'python -c "import secrets; print(secrets.token_urlsafe(50))"';

/** A setting that is an expression already: what is written there has to stay, and what it comes from to change. */
function adviseComputed(settings: ProjectSettings, id: string, write: string): string | undefined {
  const { computed, given = [] } = settings.assigned[settingOf[id] ?? ''] ?? {};
  if (!computed) return undefined;
  const names = listSome(given, 3);
  if (id === 'security.W009') {
    const from = given.length > 0 ? `read it from ${names}, which this build has` : 'do not write it out';
    return `The settings ${from}. Where the host has a strong one, this is about the value in this build alone; else give it a random one there, as this prints: ${randomKey}`;
  }
  const from = given.length > 0 ? ` from ${names}` : '';
  return `The settings compute it${from}. Let it be, where the site is live: ${write}`;
}

/** What a message of a check says, and what to write. */
export function textOf({ id, text, hint }: CheckMessage, settings: ProjectSettings | undefined): string {
  const choice = isChoice[id ?? ''];
  if (choice) return choice;
  const write = toWrite[id ?? ''];
  if (!write) return hint ? `${asSentence(text)} ${hint}` : text;
  const [first = text] = text.split(/(?<=\.) /);
  const unset = settings ? unsetVariables(settings, 'SECRET_KEY') : [];
  if (id === 'security.W009' && unset.length > 0)
    return `SECRET_KEY is a weak one of the settings, because this build has not got ${listSome(unset, 3)}. Give the host a real one there.`;
  const advice =
    settings && (giveVariables(settings, settingOf[id ?? ''] ?? '') ?? adviseComputed(settings, id ?? '', write));
  return `${asSentence(first)} ${advice ?? `Write ${write}`}`;
}
