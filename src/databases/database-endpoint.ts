import type { Endpoint } from '../core/ports.ts';

/** Server and port of a database's URL, as dj-database-url reads it; undefined where it names none that is reached over TCP. */
export function databaseEndpoint(text: string): Endpoint | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port, searchParams } = new URL(text);
  const host = hostname === '' ? (searchParams.get('host') ?? '') : hostname.replace(/^\[|\]$/g, '');
  // A path is a socket of this machine.
  if (host === '' || host.includes('/') || host.includes('%')) return undefined;
  const standard = /^(my|maria)/.test(protocol) ? 3306 : 5432;
  return { host, port: port === '' ? standard : Number(port) };
}
