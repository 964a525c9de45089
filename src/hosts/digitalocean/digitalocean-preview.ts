import { DeployError } from '../../core/errors.ts';
import type { HostIO, HostRelease, Preview, ReleaseRequest } from '../contract/host.ts';
import { whereThere } from '../contract/json-api.ts';
import { previewName } from '../contract/preview-safety.ts';
import type { App } from './digitalocean-api.ts';
import { appHost } from './digitalocean-app.ts';
import {
  isBuiltFrom,
  isPreviewOf,
  nextPreviewSpec,
  notCopied,
  previewSpec,
  type Spec,
  withVariables,
} from './digitalocean-spec.ts';
import type { Followed } from './digitalocean-status.ts';

/** Longest name of an app. */
const longest = 32;

function branchOf({ branch, repository }: ReleaseRequest, base: Spec): string {
  if (branch === undefined) {
    throw new DeployError(
      'INVALID_INPUTS',
      'A preview at DigitalOcean is built from a branch, and this run has none.',
      {
        hint: 'Run it on pull_request events.',
      },
    );
  }
  if (isBuiltFrom(base, repository)) return branch;
  throw new DeployError('HOST_REFUSED', `No component of the DigitalOcean app is built from ${repository}.`, {
    hint: 'Connect a component to that repository on GitHub, GitLab or Bitbucket; an app of images has no previews here.',
  });
}

/** The preview of a pull request: an app of its own, known by its name and by the mark in its variables. */
export function digitalOceanPreview({ api, app, component }: Followed, pullRequest: number): Preview {
  const hostOf = (found: App) => appHost({ api, app: found.id, component });

  async function look(io: HostIO): Promise<{ base: App; name: string; found: App | undefined }> {
    const base = await api.app(app, io);
    const name = previewName(base.spec.name, pullRequest, longest);
    const found = await api.findApp(name, io);
    return { base, name, found };
  }

  /** The preview, where there is one and this action made it. */
  async function find(io: HostIO): Promise<App | undefined> {
    const { found } = await look(io);
    return found && isPreviewOf(found.spec, app) ? found : undefined;
  }

  const begun = (startedAt: number, sha: string, made: App | undefined): HostRelease => {
    const id = made?.pending_deployment?.id ?? made?.in_progress_deployment?.id;
    return { startedAt, sha, ...(id ? { id } : {}) };
  };

  return {
    async check(io) {
      const { base, found } = await look(io);
      const missing = found ? [] : notCopied(base.spec);
      if (missing.length === 0) return [];
      return [
        `the preview does not get ${missing.join(', ')} of production: encrypted values cannot be copied, and addresses of production's data must not be. Set what it needs by host-env.`,
      ];
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const { base, name, found } = await look(io);
      const { repository, sha, variables } = request;
      const branch = branchOf(request, base.spec);
      if (!found) {
        const spec = withVariables(previewSpec(base.spec, name, app, repository, branch), variables);
        return begun(startedAt, sha, await api.createApp(spec, io));
      }
      if (!isPreviewOf(found.spec, app)) {
        throw new DeployError(
          'HOST_REFUSED',
          `There is an app ${name} at DigitalOcean that this action did not make.`,
          {
            hint: 'Rename it: that name is the preview’s.',
          },
        );
      }
      const spec = withVariables(nextPreviewSpec(found.spec, repository, branch), variables);
      return begun(startedAt, sha, await api.updateApp(found.id, spec, io));
    },
    async status(release, io) {
      const found = await find(io);
      if (found) return hostOf(found).status(release, io);
      return { phase: 'cancelled', reason: 'its preview is gone, as when the pull request is closed' };
    },
    async url(io) {
      const found = await find(io);
      return found?.live_url || found?.default_ingress || undefined;
    },
    async *logs(release, io) {
      const found = await find(io);
      if (found) yield* hostOf(found).logs(release, io);
    },
    async cancel(release, io) {
      const found = await find(io);
      if (found) await hostOf(found).cancel(release, io);
    },
    async destroy(_request, io) {
      const { found, name } = await look(io);
      const gone = {
        outcome: 'gone',
        message: `DigitalOcean has no preview of pull request #${pullRequest} any more`,
      } as const;
      if (!found) return gone;
      if (!isPreviewOf(found.spec, app))
        return { outcome: 'left', message: `the app ${name} is not one that this action made` };
      const removed = await whereThere(api.removeApp(found.id, io).then(() => true));
      return removed
        ? { outcome: 'removed', message: `DigitalOcean deleted the app ${name} with its databases` }
        : gone;
    },
  };
}
