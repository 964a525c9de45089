import type { Endpoint } from '../../core/ports.ts';
import type { RunOrder } from '../../core/run-order.ts';
import { databaseEndpoint } from '../../databases/database-endpoint.ts';
import { persist } from '../../databases/trusted-sources/changing.ts';
import { type ChosenSource, definitionOf } from '../../databases/trusted-sources/choose-source.ts';
import { findAddresses } from '../../databases/trusted-sources/find-addresses.ts';
import { holds } from '../../databases/trusted-sources/ip-address.ts';
import { type AdmissionTools, whileLetIn } from '../../databases/trusted-sources/let-in.ts';
import { isOurs, longestJob, makeMark } from '../../databases/trusted-sources/mark.ts';
import { sourceError } from '../../databases/trusted-sources/source-error.ts';
import { option } from '../../hosts/contract/options.ts';
import { lingering } from '../../lib/lingering.ts';
import { plural } from '../../lib/text.ts';
import { hostIO } from '../../release/host-io.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { RunParts } from './run-parts.ts';

/** Milliseconds in which a cancelled run takes its rule out. The runner ends it ten seconds after it was cancelled. */
const farewell = 4_000;

/** Server and port of the database, as far as the inputs tell. */
function endpointOf({ inputs }: RunParts): Endpoint | undefined {
  const url = inputs.databaseUrl ?? inputs.env.DATABASE_URL;
  return url && databaseEndpoint(url.reveal());
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

/**
 * Does work with the database while its firewall lets this runner in, where trusted-source names one.
 * @throws DeployError TRUSTED_SOURCE_FAILED if it does not; the work is not begun then.
 */
export async function withDatabaseAccess<T>(run: RunParts, work: () => Promise<T>): Promise<T> {
  const { ports, inputs, context } = run;
  const chosen = inputs.trustedSource;
  if (!chosen) return work();
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
 * Reads the rules, and says whether they let this runner in already. Changes nothing, so that the right to change them is not
 * known.
 */
export async function lookAtSource(run: RunParts, chosen: ChosenSource): Promise<StageResult<boolean>> {
  const definition = definitionOf(chosen);
  const tools = toolsOf(run);
  const source = await definition.create(chosen.id, chosen.inputs, endpointOf(run));
  const { rules, open } = await persist((io) => source.list(io), tools).catch((error: unknown) => {
    run.ports.signal.throwIfAborted();
    throw sourceError(error, chosen, `does not show ${definition.rules}`);
  });
  const addresses = await findAddresses(option(chosen.inputs.options, 'ip-service'), definition, tools);
  const names = addresses.map(({ text }) => text).join(' and ');
  // What a run of ours left goes with the next one.
  const others = rules.filter(({ label }) => !isOurs(label));
  const isIn = addresses.every((one) => others.some(({ network }) => network !== undefined && holds(network, one)));
  const found = `${definition.title} shows ${plural(rules.length, 'rule')}`;
  const result = open ?? `${found}; ${names} ${isIn ? 'is let in already' : 'is not let in yet'}`;
  return { value: open !== undefined || isIn, result };
}

/**
 * Looks whether trusted-source and its credential lead to the rules of a database.
 * @returns Whether this runner reaches the database without a change; true where trusted-source is empty.
 */
export async function checkDatabaseAccess(run: RunParts): Promise<boolean> {
  const { trustedSource } = run.inputs;
  if (!trustedSource) return true;
  return run.recorder.stage('Trusted source', () => lookAtSource(run, trustedSource));
}

/** Whether the database can be looked at; in a run that changes nothing only where its firewall lets this runner in already. */
export function canLook({ ports, inputs, plan }: RunParts, isLetIn: boolean): boolean {
  if (isLetIn || !(inputs.dryRun || plan.kind === 'check')) return true;
  ports.log.notice(
    'The database was not looked at: its firewall does not let this runner in, and this run changes nothing.',
  );
  return false;
}
