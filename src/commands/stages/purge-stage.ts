import type { Purge } from '../../cdn/cdn.ts';
import type { CdnTarget } from '../../cdn/target.ts';
import { DeployError } from '../../core/errors.ts';
import { HttpError } from '../../core/http-error.ts';
import { HostAnswerError } from '../../hosts/contract/host.ts';
import { option } from '../../hosts/contract/options.ts';
import type { LedgerSession } from '../../ledger/session.ts';
import { listSome, plural } from '../../lib/text.ts';
import type { Destination } from '../../plan/destination.ts';
import { staleObjects } from '../../plan/stale-objects.ts';
import { type PurgeState, purge, whyNotPurged } from '../../release/purge.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { CdnReport } from '../../report/report.ts';
import { type OpenCdn, openCdn } from '../run/open-cdn.ts';
import type { Run } from '../run/run.ts';

/** What of the bucket is to be purged. */
export interface PurgeStageRequest {
  readonly keys: readonly string[];
  /** Where files are, by inputs and settings; undefined where nobody asked the project. */
  readonly target: Destination | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** A purge that was begun gets this much time, however late the release was. */
const leastTime = 60_000;
const mostListed = 50;
const longestCommand = 4_000;

/** Un-hashed objects of which a CDN may have an older copy: those of this run, and what runs before it left unpurged. */
export function unpurgedKeys(sessions: readonly LedgerSession[]): string[] {
  const found = new Set<string>();
  for (const { stored, before } of sessions)
    for (const rows of [before.objects, stored]) for (const [key, row] of rows) if (row.unpurged) found.add(key);
  return [...found].sort();
}

const countOf = ({ requests }: Purge): number => requests.reduce((sum, { paths }) => sum + paths.length, 0);

/** The command to type, or where to find the paths where it would be too long. */
function byHand({ cdn }: OpenCdn, plan: Purge): string {
  const command = cdn.command(plan);
  return command.length > longestCommand ? `${command.slice(0, longestCommand)} … (the log has all paths)` : command;
}

function show({ ports }: Run, { name }: OpenCdn, plan: Purge): void {
  const paths = plan.requests.flatMap((request) => request.paths);
  for (const path of paths.slice(0, mostListed)) ports.log.info(`  ${name}  ${path}`);
  if (paths.length > mostListed) ports.log.info(`  ${name}  and ${paths.length - mostListed} more`);
}

/** What is known of a purge that did not happen, in the log, the report and as a finding. */
function warn({ recorder }: Run, message: string): void {
  recorder.warn(message);
  const { findings } = recorder.report();
  recorder.note({ findings: [...findings, { level: 'warning', id: 'deploy.cdn', message }] });
}

function warnOfUnknown(run: Run, { name }: CdnTarget, id: string, { unknown }: Purge): void {
  if (unknown.length === 0) return;
  warn(
    run,
    `${plural(unknown.length, 'file')} could not be purged at ${name}:${id}, because their address is not known: ${listSome(unknown, 3)}. Write the address of the bucket's root behind the id: "cdn: ${name}:${id} https://cdn.example.com".`,
  );
}

const isFailure = (error: unknown): boolean =>
  error instanceof HostAnswerError || error instanceof HttpError || error instanceof DeployError;

async function purgeAt(run: Run, target: CdnTarget, request: PurgeStageRequest): Promise<CdnReport> {
  const { ports, inputs } = run;
  const open = await openCdn(run, target, request.target?.bucket);
  const { definition, cdn, name } = open;
  const plan = cdn.plan(staleObjects(request.keys, target, request.target));
  warnOfUnknown(run, target, target.id, plan);
  show(run, open, plan);
  const report = (state: CdnReport['state']): CdnReport => ({ cdn: name, paths: countOf(plan), state });
  const wait = option(inputs.hostInputs.options, 'cdn-wait') === 'true';
  const deadline = Math.max(request.deadline, ports.clock.now() + leastTime);
  const job = { definition, cdn, requests: plan.requests, deadline, wait };
  try {
    const state: PurgeState = await purge(job, { ...ports, onLine: ports.log.info });
    if (state === 'waiting') warn(run, `${name} took the purge, and was not done with it before the timeout.`);
    return report(plan.unknown.length > 0 ? 'failed' : state);
  } catch (error) {
    ports.signal.throwIfAborted();
    if (!isFailure(error)) throw error;
    warn(
      run,
      `${name} was not purged, so visitors may get older copies of ${plural(request.keys.length, 'file')} until they expire: ${whyNotPurged(error, definition)} The next deploy tries it again. To do it now, run:\n${byHand(open, plan)}`,
    );
    return report('failed');
  }
}

const words: Readonly<Record<CdnReport['state'], string>> = {
  sent: 'purged',
  done: 'purged, and every edge is done',
  waiting: 'being purged',
  failed: 'not purged',
};

/** Purges every CDN of the inputs. The value is whether each of them took it. */
async function purgeAll(run: Run, request: PurgeStageRequest): Promise<StageResult<boolean>> {
  const reports: CdnReport[] = [];
  // One after the other: behind the first may be the second.
  for (const target of run.inputs.cdn) reports.push(await purgeAt(run, target, request));
  const result = reports.map(({ cdn, paths, state }) => `${cdn}: ${plural(paths, 'path')} ${words[state]}`).join('; ');
  const cdn = [...run.recorder.report().cdn, ...reports];
  return { value: reports.every(({ state }) => state !== 'failed'), result, facts: { cdn } };
}

/**
 * Purges these keys at the CDNs of the inputs; nothing is asked where there is no key, or no CDN. A failure is a warning with
 * the command to type, because the release is live.
 * @returns Whether no CDN has an older copy any more, as far as they say.
 */
export async function purgeStage(run: Run, request: PurgeStageRequest): Promise<boolean> {
  if (request.keys.length === 0 || run.inputs.cdn.length === 0) return true;
  return run.recorder.stage('CDN', () => purgeAll(run, request));
}

/** Purges what these sessions know to be unpurged, and keeps in them that it was. */
export async function purgeChanged(
  run: Run,
  sessions: readonly LedgerSession[],
  target: Destination | undefined,
  deadline: number,
): Promise<void> {
  const keys = unpurgedKeys(sessions);
  if (!(await purgeStage(run, { keys, target, deadline }))) return;
  for (const session of sessions) session.keep({ purged: new Set(keys) });
}

/** Prints what would be purged, and changes nothing. */
export async function showPurge(run: Run, keys: readonly string[], target: Destination | undefined): Promise<void> {
  if (keys.length === 0) return;
  for (const one of run.inputs.cdn) {
    const open = await openCdn(run, one, target?.bucket);
    const plan = open.cdn.plan(staleObjects(keys, one, target));
    run.ports.log.info(`Would purge ${plural(countOf(plan), 'path')} once the release is live:`);
    show(run, open, plan);
  }
}

/** Says that nothing was purged, and how to do it. @param why As half a sentence: "the release is not proven". */
export async function warnUnpurged(
  run: Run,
  sessions: readonly LedgerSession[],
  target: Destination | undefined,
  why: string,
): Promise<void> {
  const keys = unpurgedKeys(sessions);
  if (keys.length === 0) return;
  for (const one of run.inputs.cdn) {
    const open = await openCdn(run, one, target?.bucket);
    const plan = open.cdn.plan(staleObjects(keys, one, target));
    if (plan.requests.length === 0) continue;
    warn(
      run,
      `${open.name} was not purged, because ${why}. The next deploy that is proven does it. To do it now, run:\n${byHand(open, plan)}`,
    );
  }
}
