import { DeployError } from '../../core/errors.ts';
import {
  HostAnswerError,
  type HostInputs,
  type HostIO,
  type HostRelease,
  type Preview,
  type ReleaseRequest,
} from '../contract/host.ts';
import { whereThere } from '../contract/json-api.ts';
import { leadsToData, previewMark, previewName } from '../contract/preview-safety.ts';
import type { App, Definition, KoyebApi, Service } from './koyeb-api.ts';
import { addressOf, definitionOf, deployTo, needGit, serviceHost, withRelease } from './koyeb-service.ts';

/** Longest name of an app. */
const longest = 23;

type Variable = NonNullable<Definition['env']>[number];

/** What a value takes from elsewhere: `{{ secret.NAME }}`, `{{ database.NAME.URL }}`. */
const reference = /\{\{\s*(secret|database)[.\s]/i;

const isSafe = ({ key, value, secret }: Variable, kept: readonly string[]): boolean =>
  kept.includes(key) || !(secret || reference.test(value ?? '') || leadsToData(key, value ?? ''));

/** Production's definition as the one of a preview: one small instance, its own branch, and nothing that leads to data. */
function previewDefinition(base: Definition, of: string, kept: readonly string[], request: ReleaseRequest): Definition {
  const { volumes: _, ...rest } = base;
  const env = (base.env ?? []).filter((one) => isSafe(one, kept));
  const mark = { scopes: ['region:*'], key: previewMark, value: of };
  const scalings = (base.scalings as readonly object[] | undefined)?.map((one) => ({ ...one, min: 1, max: 1 }));
  const git = { ...base.git, no_deploy_on_push: true, ...(request.branch ? { branch: request.branch } : {}) };
  return withRelease({ ...rest, env: [...env, mark], git, ...(scalings ? { scalings } : {}) }, request);
}

interface Found {
  readonly app: App;
  readonly service: Service;
}

/** The preview of a pull request: an app of its own with one service, known by its name and by the mark in its variables. */
export function koyebPreview(api: KoyebApi, inputs: HostInputs, pullRequest: number): Preview {
  const base = inputs.service ?? '';
  const kept = inputs.options['preview-variable'] ?? [];

  async function nameOf(io: HostIO): Promise<string> {
    const { name } = await api.service(base, io);
    if (name) return previewName(name, pullRequest, longest);
    throw new HostAnswerError(`Koyeb's service ${base}: an answer without its name`, 200);
  }

  async function find(name: string, io: HostIO): Promise<Found | 'not ours' | undefined> {
    const app = await api.findApp(name, io);
    if (!app) return undefined;
    const [service] = await api.services(app.id, io);
    if (!service) return undefined;
    const { env } = await definitionOf(api, service.id, io);
    return env?.some(({ key, value }) => key === previewMark && value === base) ? { app, service } : 'not ours';
  }

  async function findOurs(io: HostIO): Promise<Found | undefined> {
    const found = await find(await nameOf(io), io);
    return found === 'not ours' ? undefined : found;
  }

  async function create(name: string, request: ReleaseRequest, io: HostIO): Promise<HostRelease> {
    const startedAt = io.now();
    const definition = await definitionOf(api, base, io);
    needGit(definition, base);
    // The app may be left over from an attempt whose service was refused.
    const app = (await api.findApp(name, io)) ?? (await api.createApp(name, io));
    const made = await api.createService(
      { app_id: app.id, definition: previewDefinition(definition, base, kept, request) },
      io,
    );
    const id = made?.latest_deployment_id;
    return { startedAt, sha: request.sha, ...(id ? { id } : {}) };
  }

  return {
    async check(io) {
      const definition = await definitionOf(api, base, io);
      needGit(definition, base);
      if (await findOurs(io)) return [];
      const missing = (definition.env ?? []).filter((one) => !isSafe(one, kept)).map(({ key }) => key);
      if (missing.length === 0) return [];
      return [
        `the preview does not get ${missing.join(', ')} of production: secrets and addresses of production's data stay there. Set what it needs by host-env, or name it in host-options as "preview-variable: ${missing[0]}".`,
      ];
    },
    async trigger(request, io) {
      const name = await nameOf(io);
      const found = await find(name, io);
      if (found === 'not ours') {
        throw new DeployError('HOST_REFUSED', `There is an app ${name} at Koyeb that this action did not make.`, {
          hint: 'Rename it: that name is the preview’s.',
        });
      }
      return found ? deployTo(api, found.service.id, request, {}, io) : create(name, request, io);
    },
    async status(release, io) {
      const found = await findOurs(io);
      if (found) return serviceHost(api, found.service.id).status(release, io);
      return { phase: 'cancelled', reason: 'its preview is gone, as when the pull request is closed' };
    },
    async url(io) {
      const found = await findOurs(io);
      return found && addressOf(found.app);
    },
    async *logs(release, io) {
      const found = await findOurs(io);
      if (found) yield* serviceHost(api, found.service.id).logs(release, io);
    },
    async cancel(release, io) {
      const found = await findOurs(io);
      if (found) await serviceHost(api, found.service.id).cancel(release, io);
    },
    async destroy(_request, io) {
      const name = await nameOf(io);
      const found = await find(name, io);
      if (found === 'not ours') return { outcome: 'left', message: `the app ${name} is not one that this action made` };
      const removed = found && (await whereThere(api.removeApp(found.app.id, io).then(() => true)));
      return removed
        ? { outcome: 'removed', message: `Koyeb deleted the app ${name}` }
        : { outcome: 'gone', message: `Koyeb has no preview of pull request #${pullRequest} any more` };
    },
  };
}
