import type { HostRelease, HostStatus } from '../contract/host.ts';
import type { Machine } from './fly-api.ts';
import { commitOf, flyctlVersion, releaseOf } from './fly-release.ts';

/** Fly's proxy stops machines that nobody uses, and starts them for the next visitor. */
const stopsByItself = ({ config }: Machine): boolean =>
  (config?.services ?? []).some(({ autostop }) => autostop === true || autostop === 'stop' || autostop === 'suspend');

const isResting = ({ state }: Machine): boolean => state === 'stopped' || state === 'suspended';

/** Where one machine with the new release is; `live` means that it serves or may sleep. */
function machineStatus(machine: Machine): HostStatus {
  const { id, state, events = [], checks } = machine;
  if (state === 'failed') return { phase: 'failed', reason: `machine ${id} could not be started` };
  if (isResting(machine)) {
    const exit = events?.find(({ type }) => type === 'exit')?.request?.exit_event;
    // A machine without an exit was stopped before the deploy, and was left so.
    if (!exit || (exit.requested_stop && stopsByItself(machine))) return { phase: 'live' };
    if (exit.requested_stop)
      return { phase: 'cancelled', reason: `machine ${id} was stopped, which cancels the deploy` };
    const why = exit.oom_killed ? 'out of memory' : `exit status ${exit.exit_code ?? 'unknown'}`;
    return { phase: 'failed', reason: `the new version did not start: machine ${id} ended: ${why}` };
  }
  if (state !== 'started') return { phase: 'running', state };
  const failing = (checks ?? []).find(({ status }) => status !== 'passing');
  return failing ? { phase: 'running', state: failing.status ?? 'unchecked' } : { phase: 'live' };
}

/** Machines that have the release, and those that wait for it. */
export interface Rollout {
  readonly updated: readonly Machine[];
  readonly waiting: readonly Machine[];
}

export function rolloutOf(machines: readonly Machine[], { id, sha }: HostRelease): Rollout {
  const isOf = (machine: Machine) =>
    (releaseOf(machine)?.id === id || `v${flyctlVersion(machine)}` === id) && (sha === '' || commitOf(machine) === sha);
  return { updated: machines.filter(isOf), waiting: machines.filter((machine) => !isOf(machine)) };
}

/** Where a deploy is by its machines; undefined if all that have it are well and others still wait. */
export function rolloutStatus({ updated, waiting }: Rollout): HostStatus | undefined {
  const [first] = updated;
  if (!first) {
    const [other] = waiting;
    if (!other) return { phase: 'failed', reason: 'the app has no machines any more' };
    const by = commitOf(other) ?? other.config?.image;
    return { phase: 'superseded', ...(by ? { by } : {}) };
  }
  const since = releaseOf(first)?.since ?? 0;
  const newer = waiting.find(
    (machine) => (releaseOf(machine)?.since ?? 0) > since || flyctlVersion(machine) > flyctlVersion(first),
  );
  if (newer) return { phase: 'superseded', by: commitOf(newer) ?? newer.id };
  const statuses = updated.map(machineStatus);
  const ended = statuses.find(({ phase }) => phase === 'failed' || phase === 'cancelled');
  const unready = statuses.find(({ phase }) => phase !== 'live');
  if (ended ?? unready) return ended ?? unready;
  const commit = commitOf(first);
  return waiting.length > 0 ? undefined : { phase: 'live', ...(commit ? { commit } : {}) };
}
