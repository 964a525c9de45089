import { DeployError } from '../../core/errors.ts';
import { type Host, HostAnswerError, type HostIO, type HostRelease, type HostStatus } from '../contract/host.ts';
import type { Activity, UpsunApi } from './upsun-api.ts';

/** Upsun begins within seconds of a push; after this long none came. */
const patience = 5 * 60_000;

const queued = new Set(['pending', 'scheduled', 'staged']);

/** Activities that deploy what was pushed. */
const isDeploy = ({ type }: Activity): boolean =>
  /^environment\.(push|redeploy|activate|merge|branch|initialize)$/.test(type ?? '');

const names = ({ payload }: Activity, sha: string): boolean => JSON.stringify(payload ?? null).includes(sha);

/** The last line of an activity's log that says something. */
const lastLine = ({ log }: Activity): string | undefined =>
  log
    ?.split(/\r?\n/)
    .findLast((line) => line.trim() !== '')
    ?.trim();

function neverPushed(environment: string): DeployError {
  return new DeployError('HOST_REFUSED', `Upsun has no activity of this commit in the environment ${environment}.`, {
    hint: 'Connect the repository by a source integration at Upsun, or push in a step before this one: upsun push --no-wait.',
  });
}

/** What an environment can do, be it production's or a preview's. */
export type EnvironmentHost = Required<Pick<Host, 'trigger' | 'status' | 'url' | 'logs' | 'cancel'>>;

export function environmentHost(api: UpsunApi, environment: string): EnvironmentHost {
  async function get(io: HostIO) {
    const found = await api.environment(environment, io);
    if (found) return found;
    throw new HostAnswerError(`Upsun's environment ${environment}: HTTP 404 (there is no such environment)`, 404);
  }

  /** The deploy of a commit; one that does not name it is of the head of the branch. */
  async function find(sha: string, io: HostIO): Promise<Activity | undefined> {
    const deploys = (await api.activities(environment, io)).filter(isDeploy);
    const named = deploys.find((activity) => names(activity, sha));
    if (named) return named;
    return (await api.environment(environment, io))?.head_commit === sha ? deploys[0] : undefined;
  }

  /** `complete` is the word for failures as well: the result counts. */
  async function statusOf(activity: Activity, sha: string, io: HostIO): Promise<HostStatus> {
    const { state, result, description } = activity;
    if (state === 'complete' && result === 'success') {
      const { head_commit: head } = await get(io);
      return { phase: 'live', commit: head ?? sha };
    }
    if (state === 'complete' && result === 'failure') {
      const reason = lastLine(activity) ?? description ?? 'Upsun does not say why';
      return { phase: 'failed', reason: `the deploy failed: ${reason}` };
    }
    if (state === 'cancelled') {
      const { head_commit: head } = await get(io);
      if (head && head !== sha) return { phase: 'superseded', by: head };
      return { phase: 'cancelled', reason: 'it was cancelled at Upsun' };
    }
    return { phase: queued.has(state ?? '') ? 'queued' : 'running', ...(state ? { state } : {}) };
  }

  return {
    /** Upsun deploys what is pushed to it by itself. What failed there before is asked for again. */
    async trigger({ sha }, io) {
      const startedAt = io.now();
      const found = await find(sha, io);
      const isOver = found?.state === 'cancelled' || found?.result === 'failure';
      const again = isOver && (await get(io)).head_commit === sha ? await api.redeploy(environment, io) : undefined;
      const id = again ?? (isOver ? undefined : found?.id);
      return { startedAt, sha, ...(id ? { id } : {}) };
    },
    async status(release: HostRelease, io) {
      const { id, sha, startedAt } = release;
      const activity = id ? await api.activity(environment, id, io) : await find(sha, io);
      if (!activity) {
        if (io.now() - startedAt > patience) throw neverPushed(environment);
        return { phase: 'queued', state: 'not-pushed' };
      }
      return { ...(await statusOf(activity, sha, io)), id: activity.id };
    },
    url: (io) => api.url(environment, io),
    async *logs({ id }, io) {
      if (id) yield* ((await api.activity(environment, id, io)).log ?? '').split(/\r?\n/);
    },
    async cancel({ id }, io) {
      if (id) await api.cancel(environment, id, io);
    },
  };
}
