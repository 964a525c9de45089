import type { Finding } from '../../report/finding.ts';
import { giveDatabase } from '../django/django-failures.ts';
import type { CheckMessage } from '../django/outcome.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { giveVariables } from '../django/variable-advice.ts';
import { isChoice, settingOf, textOf } from './check-advice.ts';
import { debugIsOn } from './debug.ts';
import { type PreflightOptions, place, placeOf } from './finding-places.ts';

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
  const shown = messages
    .filter((message) => !(withoutDatabase.length > 0 && followsFromNone(message)))
    .filter(({ level, id }) => level >= 30 && !(id === 'security.W020' && reported.has('deploy.allowed-hosts')));
  const following = followingDebug(shown, settings);
  return [
    ...withoutDatabase,
    ...shown
      .filter((message) => !following.includes(message))
      .map((message) => fromCheck(message, settings, options, following.length)),
  ];
}

/**
 * Warnings about settings that have another value where DEBUG is off. The finding about DEBUG says how many they are; to show them
 * would ask for lines that are written already.
 */
function followingDebug(
  messages: readonly CheckMessage[],
  settings: ProjectSettings | undefined,
): readonly CheckMessage[] {
  if (!settings || !messages.some(({ id }) => id === debugCheck)) return [];
  const follows = ({ id, level }: CheckMessage) =>
    level < 40 && id?.startsWith('security.') && settings.assigned[settingOf[id] ?? '']?.by_debug === true;
  return messages.filter((message) => message.id !== debugCheck && follows(message));
}

const debugCheck = 'security.W018';

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

function fromCheck(
  message: CheckMessage,
  settings: ProjectSettings | undefined,
  options: PreflightOptions,
  followDebug: number,
): Finding {
  const id = message.id ?? 'check';
  const at = placeOfMessage(message, settings, options);
  if (id === debugCheck) return debugIsOn(settings, at, followDebug);
  const isPlain = options.url !== undefined && new URL(options.url).protocol === 'http:';
  const object = message.object ? `${message.object}: ` : '';
  const isAsItHasToBe = isPlain && id === 'security.W008';
  const level = isAsItHasToBe || isChoice[id] ? 'notice' : message.level >= 40 ? 'error' : 'warning';
  const text = `${object}${isAsItHasToBe ? plainSite : textOf(message, settings)}`.replaceAll(
    `${options.workspace}/`,
    '',
  );
  return { level, id, message: text, ...at };
}

function placeOfMessage(message: CheckMessage, settings: ProjectSettings | undefined, options: PreflightOptions) {
  if (message.file) return place(options, message.file, message.line);
  const name = settingOf[message.id ?? ''];
  // A check of security is about settings, also where it is one that this table has not.
  if (settings && (name || message.id?.startsWith('security.'))) return placeOf(options, settings, name ?? '');
  return {};
}
