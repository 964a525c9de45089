import { DeployError } from '../../core/errors.ts';
import { ask } from '../contract/api.ts';
import { type Host, HostAnswerError, type HostInputs, type HostIO, type ReleaseRequest } from '../contract/host.ts';
import { whereTold } from '../contract/json-api.ts';
import { option } from '../contract/options.ts';
import { type EbApi, type Environment, ebApi } from './eb-api.ts';
import { describe, noteOf, partsOf, statusOf } from './eb-status.ts';

/** https without a certificate is refused by the load balancer, so that the plain address is the one that answers. */
const addressOf = (environment: Environment | undefined): string | undefined =>
  environment?.CNAME ? `http://${environment.CNAME}` : undefined;

export const noEnvironment = (name: string): HostAnswerError =>
  new HostAnswerError(`Elastic Beanstalk has no environment ${name} in this application and region`, 404);

/** The API is made with the first call, because the region can come from the environment of the run. */
export function lazily(inputs: HostInputs): (io: HostIO) => EbApi {
  let api: EbApi | undefined;
  return (io) => {
    api ??= ebApi(inputs, io);
    return api;
  };
}

export type Using = (io: HostIO) => EbApi;

/** Uploads the artifact, and makes a version of it that is known by its label. */
export async function createVersion(api: EbApi, name: string, inputs: HostInputs, request: ReleaseRequest, io: HostIO) {
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
export function following(using: Using, name: string): Required<Pick<Host, 'status' | 'url' | 'logs' | 'cancel'>> {
  /** Notes at the version that it was live, because a rollback must never go to one that failed. Without the note it is live as well. */
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
      if (status.phase === 'live') await whereTold(note(label, io));
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
