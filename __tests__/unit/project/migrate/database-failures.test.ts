import { expect, test } from '@jest/globals';
import { refusalError } from '../../../../src/project/migrate/database-failures.ts';

const refusal = (vendor: 'postgresql' | 'mysql', message: string, code: string | null = null) => ({
  type: 'OperationalError',
  message,
  code,
  vendor,
  host: 'db.example.com',
  port: '',
  name: 'shop',
  user: 'web',
});

/** What servers say that the tests do not run, in their own words; the others are in e2e/database-failures. */
test.each([
  [
    'mysql',
    '(3159, "Connections using insecure transport are prohibited while --require_secure_transport=ON.")',
    '3159',
    'DATABASE_TLS',
  ],
  ['mysql', "(1040, 'Too many connections')", '1040', 'DATABASE_BUSY'],
  ['mysql', `(1130, "Host '10.1.2.3' is not allowed to connect to this MySQL server")`, '1130', 'DATABASE_DENIED'],
  [
    'mysql',
    '(1290, "The MySQL server is running with the --super-read-only option so it cannot execute this statement")',
    '1290',
    'DATABASE_READ_ONLY',
  ],
  ['mysql', "(2026, 'TLS/SSL error: self-signed certificate in certificate chain')", '2026', 'DATABASE_TLS'],
  ['mysql', `(2005, "Unknown server host 'db.example.com' (-2)")`, '2005', 'DATABASE_UNREACHABLE'],
  ['postgresql', 'FATAL:  sorry, too many clients already', null, 'DATABASE_BUSY'],
  [
    'postgresql',
    'FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute',
    '53300',
    'DATABASE_BUSY',
  ],
  ['postgresql', 'FATAL:  the database system is starting up', '57P03', 'DATABASE_BUSY'],
  ['postgresql', 'cannot execute CREATE TABLE in a read-only transaction', '25006', 'DATABASE_READ_ONLY'],
  ['postgresql', 'permission denied for schema public', '42501', 'DATABASE_DENIED'],
  [
    'postgresql',
    'FATAL:  no pg_hba.conf entry for host "10.1.2.3", user "web", database "shop", no encryption',
    null,
    'DATABASE_TLS',
  ],
  [
    'postgresql',
    'FATAL:  no pg_hba.conf entry for host "10.1.2.3", user "web", database "shop", SSL encryption',
    null,
    'DATABASE_DENIED',
  ],
  [
    'postgresql',
    'could not translate host name "dpg-abc-a" to address: Name or service not known',
    null,
    'DATABASE_UNREACHABLE',
  ],
  ['postgresql', 'connection to server at "10.0.0.1", port 5432 failed: timeout expired', null, 'DATABASE_UNREACHABLE'],
  ['postgresql', 'something that nobody has foreseen', 'XX000', 'DATABASE_FAILED'],
] as const)('%s: %s', (vendor, message, code, expected) => {
  const error = refusalError(refusal(vendor, message, code));
  expect(error.code).toBe(expected);
  // The server's own sentence stays.
  expect(error.message).toContain(message.trim());
  expect(error.hint).toMatch(/\S/);
});

test('each line of a long answer stands once', () => {
  const error = refusalError(refusal('postgresql', 'connection failed: refused\nconnection failed: refused\n'));
  expect(error.message.match(/refused/g)).toHaveLength(1);
});
