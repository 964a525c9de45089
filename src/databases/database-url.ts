/** What of a database a URL can name here. PostGIS and other flavours are the server that they stand on. */
export type DatabaseEngine = 'postgresql' | 'mysql';

/** How messages name a server. MariaDB is of the engine `mysql`. */
export const databaseProducts = ['PostgreSQL', 'MySQL', 'MariaDB'] as const;
type DatabaseProduct = (typeof databaseProducts)[number];

/** A URL such as `DATABASE_URL`, in parts, as dj-database-url and django-environ read it. */
export interface DatabaseUrl {
  readonly engine: DatabaseEngine;
  /** What the scheme says; `mysql` is also written for a MariaDB, so that the server knows better. */
  readonly product: DatabaseProduct;
  readonly user: string;
  readonly password: string;
  /** Name, address, or the path of a Unix socket; empty where the driver's standard counts. */
  readonly host: string;
  readonly port: number | undefined;
  /** Name of the database. */
  readonly name: string;
  /** The parts of the query, such as `sslmode`. */
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Servers that the action works with, by the scheme of their URL, as dj-database-url 3 and django-environ 0.12 know them. BACKENDS of
 * deploy_django_migrate/target.py has the same schemes; a test holds both together.
 */
export const databaseSchemes: ReadonlyMap<string, DatabaseProduct> = new Map([
  ['postgres', 'PostgreSQL'],
  ['postgresql', 'PostgreSQL'],
  ['psql', 'PostgreSQL'],
  ['pgsql', 'PostgreSQL'],
  ['postgis', 'PostgreSQL'],
  ['timescale', 'PostgreSQL'],
  ['timescalegis', 'PostgreSQL'],
  ['mysql', 'MySQL'],
  ['mysql2', 'MySQL'],
  ['mysqlgis', 'MySQL'],
  ['mariadb', 'MariaDB'],
]);

/** The scheme of a URL without the driver that may follow it: `postgresql+psycopg://…` is of `postgresql`. Empty where there is none. */
export const schemeOf = (url: string): string =>
  /^([a-z][a-z0-9.-]*)(?:\+[a-z0-9.-]+)?:\/\//i.exec(url)?.[1]?.toLowerCase() ?? '';

/** Scheme, user info and host, path, query. A fragment means nothing to a database. */
const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/is;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Host and port: `db.example.com:5432`, `[::1]:5432`, `%2Fvar%2Frun%2Fpostgresql`. */
function readServer(text: string): { host: string; port: number | undefined } | undefined {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(text);
  if (!found) return undefined;
  const [, host = '', port] = found;
  const number = port ? Number(port) : undefined;
  if (number !== undefined && (number < 1 || number > 65_535)) return undefined;
  return { host: decode(host.replace(/^\[|\]$/g, '')), port: number };
}

/** @returns The parts; or half a sentence that says what is wrong, without any part of the URL but its scheme. */
export function parseDatabaseUrl(url: string): DatabaseUrl | string {
  const [, scheme = '', authority = '', path = '', query = ''] = parts.exec(url.trim()) ?? [];
  if (scheme === '') return 'is not a URL; write it like postgres://user:password@db.example.com:5432/name';
  const product = databaseSchemes.get(schemeOf(url.trim()));
  if (!product) return `is of "${scheme}", and PostgreSQL, MySQL or MariaDB is needed`;
  const at = authority.lastIndexOf('@');
  const [info, address] = [authority.slice(0, Math.max(at, 0)), authority.slice(at + 1)];
  const colon = info.indexOf(':');
  const options = Object.fromEntries(new URLSearchParams(query));
  const server = readServer(address);
  const { dbname = '', user = '' } = options;
  if (!server) return 'has no valid host and port; escape what is special in the password, a slash is %2F';
  return {
    engine: product === 'PostgreSQL' ? 'postgresql' : 'mysql',
    product,
    user: decode(colon < 0 ? info : info.slice(0, colon)) || user,
    password: colon < 0 ? '' : decode(info.slice(colon + 1)),
    host: server.host || options.host || options.unix_socket || '',
    port: server.port ?? (options.port && /^\d+$/.test(options.port) ? Number(options.port) : undefined),
    name: decode(path.replace(/\/+$/, '')) || dbname,
    options,
  };
}

/** The same URL for another database of the server. Everything else stays as it is written. */
export function withDatabase(url: string, name: string): string {
  const [, scheme, authority, , query] = parts.exec(url.trim()) ?? [];
  return `${scheme}://${authority}/${encodeURIComponent(name)}${query === undefined ? '' : `?${query}`}`;
}

/** How messages name the server: without user and password. */
export const serverName = ({ product, host, port }: DatabaseUrl): string =>
  `${product} at ${host || 'localhost'}${port === undefined ? '' : `:${port}`}`;
