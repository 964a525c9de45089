import { DeployError } from '../../core/errors.ts';
import { ask } from '../contract/api.ts';
import {
  type Host,
  HostAnswerError,
  type HostInputs,
  type HostIO,
  type HostRelease,
  type Preview,
  type ReleaseRequest,
  type RollbackTarget,
} from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { type EbApi, type Environment, ebApi, type Version, variableSettings } from './eb-api.ts';
import { describe, idOf, noteOf, partsOf, statusOf } from './eb-status.ts';

/** https without a certificate is refused by the load balancer, so that the plain address is the one that answers. */
const addressOf = (environment: Environment | undefined): string | undefined =>
  environment?.CNAME ? `http://${environment.CNAME}` : undefined;

const noEnvironment = (name: string): HostAnswerError =>
  new HostAnswerError(`Elastic Beanstalk has no environment ${name} in this application and region`, 404);

/** The API is made with the first call, because the region can come from the environment of the run. */
function lazily(inputs: HostInputs): (io: HostIO) => EbApi {
  let api: EbApi | undefined;
  return (io) => {
    api ??= ebApi(inputs, io);
    return api;
  };
}

type Using = (io: HostIO) => EbApi;

/** Uploads the artifact, and makes a version of it that is known by its label. */
async function createVersion(api: EbApi, name: string, inputs: HostInputs, request: ReleaseRequest, io: HostIO) {
  const { artifact, release, sha } = request;
  if (!artifact)
    throw new DeployError('INVALID_INPUTS', 'Elastic Beanstalk deploys the artifact, and this run made none.', {
      hint: 'Leave "artifact: false" out.',
    });
  const bucket = option(inputs.options, 'artifact-bucket') ?? (await api.bucket(io));
  const key = `deploy-django/${name}/${release}.zip`;
  await api.upload(bucket, key, artifact.path, io);
  await api.createVersion(release, describe(name, sha), bucket, key, io);
}

/** What every environment can do once a version was put into it. */
function following(using: Using, name: string): Required<Pick<Host, 'status' | 'url' | 'logs' | 'cancel'>> {
  /** Notes at the version that it was live, because a rollback must never go to one that failed. */
  async function note(label: string, io: HostIO): Promise<void> {
    const [version] = await using(io).versions([label], io);
    const known = noteOf(version);
    if (known && !known.isLive)
      await using(io).describeVersion(label, describe(known.environment, known.sha, true), io);
  }

  return {
    async status(release, io) {
      const api = using(io);
      const environment = await api.environment(name, io);
      if (!environment) return { phase: 'cancelled', reason: 'the environment is gone' };
      const { label, requestId } = partsOf(release.id ?? '');
      const events = requestId ? await api.events(name, requestId, io) : [];
      const other =
        environment.VersionLabel && environment.VersionLabel !== label ? environment.VersionLabel : undefined;
      const installed = other && environment.Status === 'Ready' ? (await api.versions([other], io))[0] : undefined;
      const status = statusOf(release, environment, events, installed);
      if (status.phase === 'live') await note(label, io);
      const console = `https://${api.region}.console.aws.amazon.com/elasticbeanstalk/home?region=${api.region}`;
      const logUrl = `${console}#/environment/dashboard?environmentId=${environment.EnvironmentId}`;
      return { ...status, ...(release.id ? { id: release.id } : {}), logUrl };
    },
    url: async (io) => addressOf(await using(io).environment(name, io)),
    async *logs(release, io) {
      const api = using(io);
      const { requestId } = partsOf(release.id ?? '');
      const events = requestId ? await api.events(name, requestId, io) : [];
      for (const { Severity, Message } of events.toReversed()) yield `${Severity ?? 'INFO'}: ${Message ?? ''}`;
      // Instances write their log when they are asked; what they wrote so far is shown, and nobody waits for more.
      await api.askForTail(name, io);
      for (const url of await api.tails(name, io)) {
        const answer = await ask(io, "Elastic Beanstalk's log of an instance", { method: 'GET', url });
        yield* new TextDecoder().decode(answer.body).split('\n').slice(-100);
      }
    },
    cancel: (_release, io) => using(io).abort(name, io),
  };
}

/** The version that was live in this environment before the one that is, or the one that is asked for. */
function versionToPutBack(versions: readonly Version[], name: string, current: string, to: RollbackTarget | undefined) {
  const ours = versions.filter((version) => noteOf(version)?.environment === name && noteOf(version)?.isLive);
  if (to) {
    const label = to.id === undefined ? to.release : partsOf(to.id).label;
    return ours.find((version) =>
      label === undefined ? noteOf(version)?.sha.startsWith(to.sha ?? '-') : version.VersionLabel === label,
    );
  }
  const at = versions.findIndex(({ VersionLabel }) => VersionLabel === current);
  const sha = noteOf(versions[at])?.sha;
  return ours.find((version) => versions.indexOf(version) > at && noteOf(version)?.sha !== sha);
}

async function rollBack(api: EbApi, name: string, to: RollbackTarget | undefined, io: HostIO): Promise<HostRelease> {
  const environment = await api.environment(name, io);
  if (!environment) throw noEnvironment(name);
  const versions = await api.versions(undefined, io);
  const target = versionToPutBack(versions, name, environment.VersionLabel ?? '', to);
  if (!target)
    throw new DeployError('HOST_REFUSED', 'Elastic Beanstalk has no version that this action put live here before.', {
      hint: 'Deploy the older commit again. Versions go when the lifecycle of the application deletes them.',
    });
  const startedAt = io.now();
  const requestId = await api.update(name, target.VersionLabel, [], io);
  return { id: idOf(target.VersionLabel, requestId), startedAt, sha: noteOf(target)?.sha ?? '' };
}

const previewName = (service: string, pullRequest: number): string => {
  const end = `-pr-${pullRequest}`;
  return service.slice(0, 40 - end.length).replace(/-+$/, '') + end;
};

/** An environment of its own, with the settings of the environment that it is a preview of. */
function createPreview(using: Using, inputs: HostInputs, service: string, pullRequest: number): Preview {
  const name = previewName(service, pullRequest);

  return {
    ...following(using, name),
    async check(io) {
      if (!(await using(io).environment(service, io))) throw noEnvironment(service);
      return [];
    },
    async trigger(request, io) {
      const api = using(io);
      const [base, found] = [await api.environment(service, io), await api.environment(name, io)];
      if (!base) throw noEnvironment(service);
      const startedAt = io.now();
      await createVersion(api, name, inputs, request, io);
      const settings = variableSettings(request.variables);
      if (found) {
        const requestId = await api.update(name, request.release, settings, io);
        return { id: idOf(request.release, requestId), startedAt, sha: request.sha };
      }
      const template = `deploy-django-${name}-${request.release}`;
      await api.saveSettings(template, base.EnvironmentId, io);
      try {
        const requestId = await api.create(name, template, request.release, settings, io);
        return { id: idOf(request.release, requestId), startedAt, sha: request.sha };
      } finally {
        await api.removeSettings(template, io);
      }
    },
    async destroy(_request, io) {
      const found = await using(io).environment(name, io);
      if (!found || found.Status === 'Terminating')
        return { outcome: 'gone', said: `Elastic Beanstalk has no environment ${name} any more` };
      await using(io).terminate(name, io);
      return { outcome: 'removed', said: `Elastic Beanstalk terminates the environment ${name}` };
    },
  };
}

export function createElasticBeanstalk(inputs: HostInputs): Required<Host> {
  const name = inputs.service ?? '';
  const using = lazily(inputs);
  const follow = following(using, name);
  return {
    ...follow,
    async check(io) {
      const environment = await using(io).environment(name, io);
      if (!environment) throw noEnvironment(name);
      return environment.Status === 'Ready'
        ? []
        : [`the environment ${name} is ${environment.Status}; it takes a new version only when it is Ready`];
    },
    async trigger(request, io) {
      const api = using(io);
      const startedAt = io.now();
      await createVersion(api, name, inputs, request, io);
      const requestId = await api.update(name, request.release, variableSettings(request.variables), io);
      return { id: idOf(request.release, requestId), startedAt, sha: request.sha };
    },
    rollback: (to) => ({ ...follow, trigger: (_request, io) => rollBack(using(io), name, to, io) }),
    preview: (pullRequest) => createPreview(using, inputs, name, pullRequest),
  };
}
