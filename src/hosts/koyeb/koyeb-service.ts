import { DeployError } from '../../core/errors.ts';
import { type Host, HostAnswerError, type HostIO, type HostRelease, type ReleaseRequest } from '../contract/host.ts';
import { publicUrl } from '../contract/public-url.ts';
import type { App, Definition, KoyebApi } from './koyeb-api.ts';
import { statusOf } from './koyeb-status.ts';

/** Every address of an app. */
const addressesOf = ({ domains }: App): string[] => (domains ?? []).flatMap(({ name }) => publicUrl(name) ?? []);

/** The address of an app: its own domain before the one that Koyeb gave it. */
export function addressOf({ domains }: App): string | undefined {
  const active = (domains ?? []).filter(({ name, status }) => name && (status ?? 'ACTIVE') === 'ACTIVE');
  return publicUrl((active.find(({ type }) => type === 'CUSTOM') ?? active[0])?.name);
}

/** What every service can do, be it production's or a preview's. */
export function serviceHost(api: KoyebApi, service: string) {
  return {
    status: (release: HostRelease, io: HostIO) => statusOf(api, service, release, io),
    async url(io: HostIO) {
      const { app_id: app } = await api.service(service, io);
      return app ? addressOf(await api.app(app, io)) : undefined;
    },
    async urls(io: HostIO) {
      const { app_id: app } = await api.service(service, io);
      return app ? addressesOf(await api.app(app, io)) : [];
    },
    async *logs({ id, startedAt }: HostRelease, io: HostIO) {
      if (id === undefined) return;
      // Koyeb's clock and ours differ.
      for (const type of ['build', 'runtime'] as const) yield* await api.log(id, type, startedAt - 120_000, io);
    },
    async cancel({ id }: HostRelease, io: HostIO) {
      if (id !== undefined) await api.cancel(id, io);
    },
  } satisfies Partial<Host>;
}

/** The definition that the service has now. */
export async function definitionOf(api: KoyebApi, service: string, io: HostIO): Promise<Definition> {
  const { latest_deployment_id: newest } = await api.service(service, io);
  const definition = newest ? (await api.deployment(newest, io)).definition : undefined;
  if (definition) return definition;
  throw new HostAnswerError(`Koyeb's service ${service}: an answer without its definition`, 200);
}

/** @throws DeployError INVALID_INPUTS where the service is not built from git: it has no commit to ask for. */
export function needGit(definition: Definition, service: string): void {
  if (definition.git) return;
  throw new DeployError(
    'INVALID_INPUTS',
    `The Koyeb service ${service} is not built from git, so that it deploys no commit.`,
    {
      hint: 'Set service to one that is built from the repository.',
    },
  );
}

/** The definition with this commit and these variables; variables that are there already and are not named stay. */
export function withRelease(
  definition: Definition,
  { sha, variables }: Pick<ReleaseRequest, 'sha' | 'variables'>,
): Definition {
  const kept = (definition.env ?? []).filter(({ key }) => variables[key] === undefined);
  const set = Object.entries(variables).map(([key, value]) => ({ scopes: ['region:*'], key, value }));
  const env = kept.length + set.length > 0 ? { env: [...kept, ...set] } : {};
  return { ...definition, ...env, git: { ...definition.git, sha } };
}

/** Deploys a commit; with variables by the definition, which holds them and deploys as well. */
export async function deployTo(
  api: KoyebApi,
  service: string,
  request: ReleaseRequest,
  redeploy: object,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const { sha, variables } = request;
  if (Object.keys(variables).length === 0) {
    const begun = await api.redeploy(service, { sha, ...redeploy }, io);
    return { startedAt, sha, ...(begun?.id ? { id: begun.id } : {}) };
  }
  const definition = await definitionOf(api, service, io);
  needGit(definition, service);
  const id = (await api.updateService(service, withRelease(definition, request), io))?.latest_deployment_id;
  return { startedAt, sha, ...(id ? { id } : {}) };
}
