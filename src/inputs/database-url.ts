import { databaseSchemes, schemeOf } from '../databases/database-url.ts';

/** Why a URL leads to no database that the action migrates, as half a sentence that shows nothing of it; undefined if it does. */
export function databaseUrlProblem(url: string): string | undefined {
  const scheme = schemeOf(url);
  if (/^sqlite/i.test(url)) return 'is an SQLite file, which is not on a server; write postgres://… or mysql://…';
  if (scheme === '') return 'is no URL; write it like postgres://user:password@host:5432/name';
  if (!databaseSchemes.has(scheme))
    return `begins with ${scheme}://, and the action migrates PostgreSQL (postgres://…), MySQL and MariaDB (mysql://…)`;
  // A socket's folder comes as ?host=, and a URL without a host is none to Node.
  const [, start, path] = /^([^/]+:\/\/(?:[^/@]*@)?)(\/.*)$/.exec(url) ?? [];
  const whole = path === undefined ? url : `${start}localhost${path}`;
  if (!URL.canParse(whole))
    return 'cannot be read as a URL: characters such as / : @ # ? % [ ] in its password have to be percent-encoded, a slash as %2F';
  const { pathname, searchParams } = new URL(whole);
  if (path !== undefined && !searchParams.has('host'))
    return 'names no server; write it like postgres://user:password@host:5432/name';
  if (pathname.replace(/^\/+/, '') === '' && !searchParams.has('dbname')) return 'names no database; end it in /name';
  return undefined;
}

/**
 * A database of the same kind that nobody has, for the build: its settings choose the engine by it, and the code that a build runs
 * never meets the secret.
 */
export const buildDatabaseUrl = (url: string): string => `${schemeOf(url)}://build@127.0.0.1:1/build`;
