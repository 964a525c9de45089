import { hash } from 'node:crypto';

/** Names of variables that lead to a database, a cache or a queue. */
const stores =
  /(^|_)(DATABASE|DB|POSTGRES|POSTGRESQL|PG|PGPASSWORD|MYSQL|MARIADB|MONGO|MONGODB|REDIS|VALKEY|CELERY|RABBITMQ|AMQP|BROKER)(_|$)/i;
/** An address with a password in it. */
const withPassword = /^[a-z][a-z0-9+.-]*:\/\/[^/\s]*:[^/\s]+@/i;

/** Whether a variable of production could lead a preview to production's data: it does not go into a preview. */
export const leadsToData = (name: string, value: string): boolean => stores.test(name) || withPassword.test(value);

/** In every preview that this action makes: what it is a preview of. Only what has it is taken away. */
export const previewMark = 'DEPLOY_DJANGO_PREVIEW_OF';

/**
 * `<base>-pr-<number>` in lower case, digits and hyphens, in at most that many characters. Where the base is too long or has
 * other characters a hash of the whole base is in it, so that the previews of two services never get the same name.
 */
export function previewName(base: string, pullRequest: number, longest: number): string {
  const plain = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const end = `-pr-${pullRequest}`;
  if (plain === base && plain.length + end.length <= longest) return plain + end;
  const mark = `-${hash('sha256', base).slice(0, 6)}${end}`;
  return plain.slice(0, longest - mark.length).replace(/-+$/, '') + mark;
}
