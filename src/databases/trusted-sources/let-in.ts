import { DeployError } from '../../core/errors.ts';
import type { Connect, Endpoint } from '../../core/ports.ts';
import type { HostIO } from '../../hosts/contract/host.ts';
import { listSome } from '../../lib/text.ts';
import { type ChangeTools, change, persist } from './changing.ts';
import { type ChosenSource, definitionOf } from './choose-source.ts';
import { holds, type IpAddress } from './ip-address.ts';
import { findLeftovers, type SweepingRun } from './leftovers.ts';
import { hasMark, isOurs } from './mark.ts';
import { sourceError } from './source-error.ts';
import { mostRounds, takeOut } from './take-out.ts';
import type { SourceList, TrustedSource } from './trusted-source.ts';
import { waitForDatabase } from './wait-for-database.ts';

/** What the end of the job needs to take a rule out that a step left. */
export interface LeftRule {
  /** The input trusted-source, as it was given. */
  readonly source: string;
  readonly mark: string;
}

export interface Admission {
  readonly chosen: ChosenSource;
  readonly source: TrustedSource;
  readonly addresses: readonly IpAddress[];
  readonly database: Endpoint | undefined;
  /** What the rules of this step are known by. */
  readonly mark: string;
  readonly sweeping: SweepingRun;
}

export interface AdmissionTools extends ChangeTools {
  /** Goes on for a moment after the run was cancelled. */
  readonly closing: HostIO;
  readonly connect: Connect;
  readonly onLine: (line: string) => void;
  readonly warn: (message: string) => void;
  /** Keeps it for the end of the job; undefined where nothing is left. */
  readonly save: (left: LeftRule | undefined) => void;
}

const textOf = (addresses: readonly IpAddress[]) => addresses.map(({ text }) => text).join(' and ');

/** Takes out what runs left that are over. What does not succeed is a warning: it is tried again by the next run. */
async function sweep({ rules }: SourceList, admission: Admission, tools: AdmissionTools): Promise<void> {
  const { source, chosen, sweeping } = admission;
  const { title } = definitionOf(chosen);
  const { leftovers, unsure } = await findLeftovers(rules, sweeping);
  for (const { text } of leftovers) {
    try {
      await change((io) => source.remove(text, io), tools);
      tools.onLine(`Took out ${text} at ${title}, which a run left that is over.`);
    } catch (error) {
      tools.io.signal.throwIfAborted();
      tools.warn(`${sourceError(error, chosen, `keeps ${text}, which a run left that is over`).message}`);
    }
  }
  if (unsure.length === 0) return;
  const [first] = unsure;
  tools.onLine(
    `Left in: ${listSome(
      unsure.map(({ text }) => text),
      3,
    )}. Whether that run is over is not known without "actions: read" in permissions; it goes after ${new Date(first?.until ?? 0).toISOString()}.`,
  );
}

/** Adds the rules, and looks after a moment whether a change of another run took them with it. */
async function add(wanted: readonly IpAddress[], admission: Admission, tools: AdmissionTools): Promise<void> {
  const { source, chosen, mark } = admission;
  const { settle } = definitionOf(chosen);
  for (let round = 1; ; round++) {
    for (const address of wanted) await change((io) => source.add(address, mark, io), tools);
    if (settle === undefined) return;
    await tools.clock.sleep(settle, tools.io.signal);
    const list = await persist((io) => source.list(io), tools);
    const found = list.rules.filter(({ label }) => hasMark(label, mark));
    if (list.open !== undefined || found.length >= wanted.length) return;
    if (round === mostRounds)
      throw new DeployError(
        'TRUSTED_SOURCE_FAILED',
        `${definitionOf(chosen).title} does not keep the rule for ${textOf(wanted)}: after ${mostRounds} attempts it is gone again.`,
        { hint: 'Something else changes these rules at the same time. Let one job at a time change them.' },
      );
  }
}

/** Takes the rules of this step out again. What stays is a warning: the work is done, or failed for another reason. */
async function leave({ source, chosen, mark }: Admission, tools: AdmissionTools): Promise<void> {
  // A run that is being cancelled has no time to look again; the end of the job does.
  const { aborted } = tools.io.signal;
  try {
    await takeOut(source, chosen, mark, { ...tools, io: tools.closing }, { looksAgain: !aborted });
    if (!aborted) tools.save(undefined);
    tools.onLine(`Took this runner out again at ${definitionOf(chosen).title}.`);
  } catch (error) {
    const { message } = sourceError(error, chosen, `still lets this runner in by ${mark}`);
    tools.warn(`${message} The end of the job tries again.`);
  }
}

/**
 * Does some work while the database's firewall lets this runner in, and takes it out again however the work ends. An address
 * that a rule of others lets in already is left to that rule.
 * @throws DeployError TRUSTED_SOURCE_FAILED if this runner is not let in; the work is not begun then.
 */
export async function whileLetIn<T>(admission: Admission, tools: AdmissionTools, work: () => Promise<T>): Promise<T> {
  const { chosen, source, addresses, database, mark } = admission;
  const { title } = definitionOf(chosen);
  const failed = (error: unknown) => {
    tools.io.signal.throwIfAborted();
    throw sourceError(error, chosen, 'does not let this runner in');
  };
  const list = await persist((io) => source.list(io), tools).catch(failed);
  await sweep(list, admission, tools);
  const others = list.rules.filter(({ label }) => !isOurs(label));
  const wanted = addresses.filter(
    (address) => !others.some(({ network }) => network !== undefined && holds(network, address)),
  );
  if (list.open !== undefined || wanted.length === 0) {
    tools.onLine(list.open ? `${list.open}.` : `${textOf(addresses)} is let in by ${title} already.`);
    return work();
  }
  // Before the first request: whatever ends this process, the end of the job takes out what is there then.
  tools.save({ source: `${chosen.vendor}:${chosen.id}`, mark });
  try {
    await add(wanted, admission, tools).catch(failed);
    if (database) await waitForDatabase(database, textOf(wanted), tools);
    tools.onLine(`${title} lets ${textOf(wanted)} in, as ${mark}.`);
    return await work();
  } finally {
    await leave(admission, tools);
  }
}
