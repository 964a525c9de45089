import type { Endpoint } from '../../core/ports.ts';
import type { RunOrder } from '../../core/run-order.ts';
import { databaseEndpoint } from '../../databases/database-endpoint.ts';
import { persist } from '../../databases/trusted-sources/changing.ts';
import { type ChosenSource, definitionOf } from '../../databases/trusted-sources/choose-source.ts';
import { findAddresses } from '../../databases/trusted-sources/find-addresses.ts';
import { holds } from '../../databases/trusted-sources/ip-address.ts';
import { type AdmissionTools, whileLetIn } from '../../databases/trusted-sources/let-in.ts';
import { longestJob, makeMark } from '../../databases/trusted-sources/mark.ts';
import { sourceError } from '../../databases/trusted-sources/source-error.ts';
import { option } from '../../hosts/contract/options.ts';
import { lingering } from '../../lib/lingering.ts';
import { plural } from '../../lib/text.ts';
import { hostIO } from '../../release/release-to-host.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { RunParts } from './run-parts.ts';

/** Milliseconds in which a cancelled run takes its rule out. The runner ends it ten seconds after it was cancelled. */
const farewell = 4_000;

/** Server and port of the database, as far as the inputs tell. */
function endpointOf({ inputs }: RunParts): Endpoint | undefined {
  const url = inputs.env.DATABASE_URL?.reveal();
  return url === undefined ? undefined : databaseEndpoint(url);
}

function toolsOf({ ports, recorder }: RunParts): AdmissionTools {
  return {
    io: hostIO(ports),
    closing: hostIO(ports, lingering(ports.signal, farewell)),
    clock: ports.clock,
    random: ports.random,
    connect: ports.connect,
    onLine: ports.log.info,
    warn: recorder.warn,
    save: ports.saveTrustedSource,
  };
}

/** Whether a run of this repository is over; undefined where GitHub does not say. */
function askGitHub({ github, ports }: RunParts) {
  return async (run: RunOrder): Promise<boolean | undefined> => {
    try {
      return await github?.isOver(run);
    } catch {
      ports.signal.throwIfAborted();
      return undefined;
    }
  };
}

/** Does work with the database while its firewall lets this runner in, where trusted-source names one. */
export async function withDatabaseAccess<T>(run: RunParts, work: () => Promise<T>): Promise<T> {
  const { ports, inputs, context } = run;
  const chosen = inputs.trustedSource;
  if (!chosen) return work();
  if (inputs.dryRun) {
    ports.log.info('A dry run changes nothing, so that the firewall of the database does not let this runner in.');
    return work();
  }
  const definition = definitionOf(chosen);
  const tools = toolsOf(run);
  const database = endpointOf(run);
  const addresses = await findAddresses(option(chosen.inputs.options, 'ip-service'), definition, tools);
  const now = ports.clock.now();
  const order = { id: context.runId, attempt: context.runAttempt };
  const mark = makeMark(
    context.repositoryId,
    order,
    now + longestJob(ports.env.RUNNER_ENVIRONMENT === 'github-hosted'),
  );
  const sweeping = { repository: context.repositoryId, run: order, now, isOver: askGitHub(run) };
  const source = await definition.create(chosen.id, chosen.inputs, database);
  return whileLetIn({ chosen, source, addresses, database, mark, sweeping }, tools, work);
}

/**
 * Looks whether trusted-source and its credential lead to the rules of a database, and whether they let this runner in
 * already. Changes nothing, so that the right to change them is not known.
 */
export async function checkDatabaseAccess(run: RunParts, chosen: ChosenSource): Promise<StageResult<void>> {
  const definition = definitionOf(chosen);
  const tools = toolsOf(run);
  const source = await definition.create(chosen.id, chosen.inputs, endpointOf(run));
  const { rules, open } = await persist((io) => source.list(io), tools).catch((error: unknown) => {
    run.ports.signal.throwIfAborted();
    throw sourceError(error, chosen, `does not show ${definition.rules}`);
  });
  const addresses = await findAddresses(option(chosen.inputs.options, 'ip-service'), definition, tools);
  const names = addresses.map(({ text }) => text).join(' and ');
  const isIn = addresses.every((one) => rules.some(({ network }) => network !== undefined && holds(network, one)));
  const found = `${definition.title} shows ${plural(rules.length, 'rule')}`;
  return { value: undefined, result: open ?? `${found}; ${names} ${isIn ? 'is let in already' : 'is to be let in'}` };
}
