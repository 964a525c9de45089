import { DeployError } from '../../core/errors.ts';
import { HttpError } from '../../core/http-error.ts';
import type { Clock, Connect, Endpoint } from '../../core/ports.ts';
import type { HostIO } from '../../hosts/contract/host.ts';
import { backoff } from '../../lib/retry.ts';

/** Milliseconds until a rule works. Azure: "It might take up to five minutes for firewall changes to take effect." */
const patience = 5 * 60_000;

interface WaitTools {
  readonly io: HostIO;
  readonly clock: Clock;
  readonly random: () => number;
  readonly connect: Connect;
  readonly onLine: (line: string) => void;
}

/**
 * Waits until a connection to the database is taken.
 * @param who The addresses that were let in.
 * @throws DeployError TRUSTED_SOURCE_FAILED if none is in five minutes, or its name does not exist.
 */
export async function waitForDatabase(database: Endpoint, who: string, tools: WaitTools): Promise<void> {
  const { io, clock, random, connect, onLine } = tools;
  const place = `${database.host}:${database.port}`;
  const until = clock.now() + patience;
  for (let round = 1; ; round++) {
    let failure: HttpError;
    try {
      return await connect(database, io.signal);
    } catch (error) {
      io.signal.throwIfAborted();
      if (!(error instanceof HttpError)) throw error;
      failure = error;
    }
    const wait = backoff(round, 1_000, 5_000, random);
    const isLost = failure.failure === 'unresolved';
    if (isLost || clock.now() + wait >= until) {
      const waited = isLost ? '' : ` after ${patience / 60_000} minutes`;
      throw new DeployError('TRUSTED_SOURCE_FAILED', `The database is not reached${waited}: ${failure.message}.`, {
        hint: isLost
          ? 'Check the host in database-url.'
          : `Check that ${place} has a public address, that trusted-source is of this database, and that ${who} is the address it sees: through a proxy it is another one.`,
        cause: failure,
      });
    }
    if (round === 1) onLine(`Waits until ${place} takes connections from ${who}`);
    await clock.sleep(wait, io.signal);
  }
}
