import { DeployError } from '../../core/errors.ts';
import { pastTarget } from '../contract/history.ts';
import type { Host, HostInputs, HostRelease, HostStatus } from '../contract/host.ts';
import { pythonanywhereApi, type Releases, type State } from './pythonanywhere-api.ts';

/** Releases that stay on the disk, of which a free account has 512 MB. */
const kept = 5;

const hint = `PythonAnywhere has the last ${kept} releases. Deploy the older commit again, for example by a revert.`;

/** Where a release is: the web app loads the first one of the list, and writes what became of it. */
function statusOf([wanted]: Releases, state: State | undefined, { id }: HostRelease): HostStatus {
  if (wanted?.release !== id) return { phase: 'superseded', ...(wanted ? { by: wanted.sha } : {}) };
  if (state?.release !== id) return { phase: 'running', state: 'loading' };
  if (state?.error) return { phase: 'failed', reason: `the new version did not start: ${state.error}` };
  return { phase: 'live', commit: wanted?.sha ?? '' };
}

/** A web app of PythonAnywhere whose WSGI file loads the release that a file names. */
export function createPythonanywhere(inputs: HostInputs): Host {
  const { service: domain = '' } = inputs;
  const api = pythonanywhereApi(inputs);
  const following: Required<Pick<Host, 'status' | 'url' | 'logs'>> = {
    async status(release, io) {
      const status = statusOf(await api.releases(io), await api.state(io), release);
      return { ...status, ...(release.id ? { id: release.id } : {}) };
    },
    url: async () => `https://${domain}`,
    async *logs(_release, io) {
      yield* await api.errorLog(io);
    },
  };
  return {
    ...following,
    async check(io) {
      await api.webapp(io);
      const wsgi = await api.wsgiFile(io);
      if (wsgi === undefined || wsgi.includes('releases.json')) return [];
      return [
        `The WSGI file of ${domain} does not load releases, so no deploy will be live. Copy the lines of docs/hosts/pythonanywhere.md into it once.`,
      ];
    },
    async trigger({ release, sha, artifact }, io) {
      const startedAt = io.now();
      if (!artifact) {
        throw new DeployError(
          'INVALID_INPUTS',
          'PythonAnywhere needs the artifact of a build, and this run has none.',
          {
            hint: 'Use "command: deploy", or give the artifact of an earlier job.',
          },
        );
      }
      const before = (await api.releases(io)).filter((one) => one.release !== release);
      await api.upload(release, artifact, io);
      const now = [{ release, sha, rollback: false }, ...before];
      const names = [...new Set(now.map((one) => one.release))];
      const stay = new Set(names.slice(0, kept));
      await api.writeReleases(
        now.filter((one) => stay.has(one.release)),
        io,
      );
      await api.reload(io);
      for (const name of names.slice(kept)) await api.remove(name, io);
      return { id: release, startedAt, sha };
    },
    rollback: (to) => ({
      ...following,
      async trigger(_request, io) {
        const startedAt = io.now();
        const releases = await api.releases(io);
        const earlier = releases.map((one, at) => ({
          id: one.release,
          commit: one.sha,
          isLive: at === 0,
          wasLive: true,
        }));
        const target = pastTarget(earlier, to, 'PythonAnywhere', hint);
        if (!target.isLive) {
          await api.writeReleases([{ release: target.id, sha: target.commit, rollback: true }, ...releases], io);
          await api.reload(io);
        }
        return { id: target.id, startedAt, sha: target.commit };
      },
    }),
  };
}
