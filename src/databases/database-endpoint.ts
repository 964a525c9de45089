import type { Endpoint } from '../core/ports.ts';

/** Ports that the schemes of DATABASE_URL stand for (dj-database-url, django-environ). */
const ports: Readonly<Record<string, number>> = {
  postgres: 5432,
  postgresql: 5432,
  pgsql: 5432,
  postgis: 5432,
  mysql: 3306,
  mysqlgis: 3306,
  mysql2: 3306,
  mariadb: 3306,
};

/**
 * Server and port of a database's URL; undefined where it names none that is reached over TCP.
 * @param text For example `postgres://shop:secret@db.example.com:25060/shop`. Passwords may have any character in them.
 */
export function databaseEndpoint(text: string): Endpoint | undefined {
  const [, scheme = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(text.replace(/^(\S+:\/\/).*@/, '$1')) ?? [];
  const standard = ports[scheme.toLowerCase().split('+')[0] ?? ''];
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:,]+))(?::(\d+))?(?:,|$)/.exec(rest) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || standard === undefined || host.includes('%')) return undefined;
  return { host, port: port === undefined ? standard : Number(port) };
}
