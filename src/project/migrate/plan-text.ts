import { formatDuration, listSome, plural } from '../../lib/text.ts';
import type { Database } from './migration-outcome.ts';

const mostShown = 10;

/** Milliseconds of a round trip from which the server is far away: within one region of a cloud it is about one. */
const farAway = 20;

/**
 * Statements that Django sends: measured on its own apps, three for each migration (transaction, record) and two for each
 * operation, and twenty around them (history, permissions, content types).
 */
function statementsOf(plan: NonNullable<Database['plan']>): number {
  const operations = plan.migrations.reduce((sum, { count }) => sum + count, 0);
  return 20 + 3 * plan.migrations.length + 2 * operations;
}

/** What a database lacks, in one line. */
export function describePlan({ alias, plan, server }: Database): string {
  const where = `${alias === 'default' ? 'the database' : `the database "${alias}"`}${server ? ` (${server.product} ${server.major}${server.product === 'PostgreSQL' ? '' : `.${server.minor}`})` : ''}`;
  if (!plan || plan.migrations.length === 0) return `${where} has every migration`;
  const names = listSome(
    plan.migrations.map(({ name }) => name),
    mostShown,
  );
  const first = plan.fresh ? ', which is empty,' : '';
  return `${where}${first} lacks ${plural(plan.migrations.length, 'migration')}: ${names}`;
}

/** The plan, as `migrate --plan` shows it: one line for each migration and each of its operations. */
export const planLines = ({ plan }: Database): string[] =>
  (plan?.migrations ?? []).flatMap(({ name, operations, count }) => [
    `  ${name}${operations.length === 0 && count > 0 ? ` (${plural(count, 'operation')})` : ''}`,
    ...operations.map(({ text }) => `    ${text}`),
  ]);

/** A sentence about a server that is far away, and what that costs; undefined for one that is near. */
export function distanceOf({ alias, plan, server }: Database): string | undefined {
  if (!server || server.round_trip < farAway) return undefined;
  const trip = Math.round(server.round_trip);
  const statements = plan ? statementsOf(plan) : 0;
  const time = formatDuration(statements * server.round_trip);
  return `The database "${alias}" is ${trip} ms away from this runner (a SELECT 1), so that about ${statements} statements take about ${time} of waiting. A runner in the region of the database is faster, and so is migrate: host.`;
}
