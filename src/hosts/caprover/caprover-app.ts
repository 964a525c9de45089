import { DeployError } from '../../core/errors.ts';
import { pastTarget } from '../contract/history.ts';
import {
  type Host,
  HostAnswerError,
  type HostIO,
  type HostRelease,
  type HostStatus,
  type ReleaseRequest,
  type RollbackTarget,
} from '../contract/host.ts';
import type { App, Build, CaproverApi } from './caprover-api.ts';

const hint =
  'CapRover has the images that were not cleaned up. Deploy the older commit again, for example by a revert.';

/** What an app can do, be it production's or a preview's. */
type AppHost = Required<Pick<Host, 'status' | 'url' | 'logs'>>;

export async function findApp(api: CaproverApi, name: string, io: HostIO): Promise<App> {
  const { appDefinitions } = await api.apps(io);
  const app = appDefinitions.find(({ appName }) => appName === name);
  if (!app) throw new HostAnswerError(`CapRover's app ${name}: HTTP 404 (there is no such app)`, 404);
  return app;
}

const newest = ({ versions }: App): number => Math.max(0, ...(versions ?? []).map(({ version }) => version));

/** The last line of a build's log that says something. */
const lastLine = ({ logs }: Build): string | undefined =>
  logs?.lines.findLast((line) => line.trim() !== '' && !/^-+$/.test(line))?.trim();

/** Where a version of an app is. Its commit is written to it when it is built. */
function versionStatus(app: App, build: Build, version: number): HostStatus {
  const commitOf = (of: number) => app.versions?.find((one) => one.version === of)?.gitHash || undefined;
  if (app.deployedVersion > version) {
    const by = commitOf(app.deployedVersion);
    return { phase: 'superseded', by: by ?? `version ${app.deployedVersion}` };
  }
  if (build.isAppBuilding) return { phase: 'running', state: 'building' };
  // The flag is that of the last build, which can be a newer one.
  if (build.isBuildFailed && (newest(app) === version || app.deployedVersion !== version)) {
    const failed = app.deployedVersion === version ? 'the new version did not start' : 'the build failed';
    const complaint = lastLine(build);
    return { phase: 'failed', reason: complaint ? `${failed}: ${complaint}` : failed };
  }
  if (app.deployedVersion < version) return { phase: 'running', state: 'waiting' };
  const commit = commitOf(version);
  return { phase: 'live', ...(commit ? { commit } : {}) };
}

export interface AppParts extends AppHost {
  /** Asks for a build of the request, or for an image, and finds its version. */
  begin(request: ReleaseRequest, image: string | undefined, io: HostIO): Promise<HostRelease>;
}

export function caproverApp(api: CaproverApi, name: string): AppParts {
  /** The newest version before the deploy: while another app is built, CapRover has no version for it yet. */
  let before: number | undefined;

  function versionOf(app: App, { id, sha }: HostRelease): number | undefined {
    if (id) return Number(id);
    const later = (app.versions ?? []).filter(({ version }) => version > (before ?? Number.POSITIVE_INFINITY));
    return (later.find(({ gitHash }) => gitHash === sha) ?? later.at(-1))?.version;
  }

  return {
    async begin({ artifact, sha }, image, io) {
      const startedAt = io.now();
      before = newest(await findApp(api, name, io));
      if (image !== undefined) await api.deployImage(name, image, sha, io);
      else if (artifact) await api.deployArtifact(name, artifact, sha, false, io);
      else throw noArtifact();
      const version = newest(await findApp(api, name, io));
      return { startedAt, sha, ...(version > before ? { id: String(version) } : {}) };
    },
    async status(release, io) {
      // In this order: what is built by now is in the definition that is read after it.
      const build = await api.build(name, io);
      const app = await findApp(api, name, io);
      const version = versionOf(app, release);
      if (version !== undefined) return { ...versionStatus(app, build, version), id: String(version) };
      return { phase: 'queued', ...(build.isAppBuilding ? { state: 'queued' } : {}) };
    },
    async url(io) {
      const { appDefinitions, rootDomain } = await api.apps(io);
      const app = appDefinitions.find(({ appName }) => appName === name);
      const custom = app?.customDomain?.[0];
      if (app?.hasDefaultSubDomainSsl || !custom) {
        return rootDomain ? `${app?.hasDefaultSubDomainSsl ? 'https' : 'http'}://${name}.${rootDomain}` : undefined;
      }
      return `${custom.hasSsl ? 'https' : 'http'}://${custom.publicDomain}`;
    },
    async *logs(_release, io) {
      const { logs, isBuildFailed } = await api.build(name, io);
      yield* (logs?.lines ?? []).filter((line) => line.trim() !== '');
      if (!isBuildFailed) yield* await api.appLog(name, io);
    },
  };
}

export const noArtifact = (): DeployError =>
  new DeployError('INVALID_INPUTS', 'CapRover needs the artifact of a build, and this run has none.', {
    hint: 'Use "command: deploy", or write the image of the commit into host-options: "image: ghcr.io/acme/shop:{sha}".',
  });

/** Adds and changes variables of an app, and leaves all others. */
export async function setVariables(
  api: CaproverApi,
  app: App,
  variables: Readonly<Record<string, string>>,
  io: HostIO,
): Promise<void> {
  const kept = (app.envVars ?? []).filter(({ key }) => !(key in variables));
  const added = Object.entries(variables).map(([key, value]) => ({ key, value }));
  const envVars = [...kept, ...added];
  await api.update(
    { ...app, envVars },
    io,
    envVars.map(({ value }) => value),
  );
}

/** Deploys the image of an earlier version again, which makes a new version. */
export function rollbackHost(api: CaproverApi, name: string, to: RollbackTarget | undefined): Host {
  const app = caproverApp(api, name);
  return {
    ...app,
    async trigger(request, io) {
      const definition = await findApp(api, name, io);
      const versions = (definition.versions ?? []).toSorted((a, b) => b.version - a.version);
      const earlier = versions.map(({ version, deployedImageName, gitHash }) => ({
        id: String(version),
        commit: gitHash || undefined,
        image: deployedImageName ?? '',
        isLive: version === definition.deployedVersion,
        wasLive: Boolean(deployedImageName) && version > 0 && Boolean(gitHash),
      }));
      const { id, commit = '', image, isLive } = pastTarget(earlier, to, 'CapRover', hint);
      if (isLive) return { id, startedAt: io.now(), sha: commit };
      return app.begin({ ...request, sha: commit, artifact: undefined }, image, io);
    },
  };
}
