import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { placeIn } from '../checkout/place.ts';
import { type Effect, isSmall } from './effects.ts';
import { judgeOperation } from './judge-operations.ts';
import type { Database, Migration, Operation } from './migration-outcome.ts';

const ids = {
  loses: 'deploy.migration-loses-data',
  locks: 'deploy.migration-locks',
  breaks: 'deploy.migration-breaks-live',
  unknown: 'deploy.migration-unknown',
} as const;

interface Looked {
  /** Absolute, real path of the checkout. */
  readonly workspace: string;
  /** Variables that have made-up values in this run. */
  readonly madeUp: readonly string[];
}

/** What nobody can change in a package, and a lock that nobody will notice, are worth knowing and no more. */
function levelOf({ kind }: Effect, operation: Operation, { own }: Migration): Finding['level'] {
  if (kind === 'locks' && isSmall(operation)) return 'notice';
  return kind === 'unknown' && !own ? 'notice' : 'warning';
}

function findingOf(effect: Effect, operation: Operation, migration: Migration, { workspace, madeUp }: Looked): Finding {
  const keys = effect.kind === 'unknown' && operation.kind === 'RunPython' ? madeUp : [];
  const note =
    keys.length > 0
      ? ` In this run it has made-up values of ${listSome(keys, 5)}: give those that it uses by env.`
      : '';
  const end = /[.)]$/.test(effect.text) ? '' : '.';
  return {
    level: levelOf(effect, operation, migration),
    id: ids[effect.kind],
    message: `${migration.name}: ${operation.text}: ${effect.text}${end}${note}`,
    ...placeIn(workspace, migration.own ? migration.file : null, operation.line),
  };
}

/** Every operation of a plan that loses data, locks a table, or breaks the release that still serves, in the order in which they run. */
export function migrationFindings({ plan, server }: Database, looked: Looked): Finding[] {
  // Nothing is in an empty database, and nothing serves from it.
  if (!plan || plan.fresh) return [];
  const kind = server ?? { vendor: 'other', product: '', major: 0, minor: 0 };
  return plan.migrations.flatMap((migration) =>
    migration.operations.flatMap((operation) =>
      judgeOperation(operation, kind).map((effect) => findingOf(effect, operation, migration, looked)),
    ),
  );
}
