import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { type HostPlot, stages } from './states.ts';

export const googleToken = 'ya29.token-of-the-emulator';
const parent = 'projects/acme-shop/locations/europe-west1';
export const runService = `${parent}/services/shop`;
export const runImage = 'europe-west1-docker.pkg.dev/acme-shop/web/shop';

const latest = 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST';

interface Template {
  readonly revision?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly containers: readonly { readonly image: string; readonly env?: readonly object[] }[];
}
interface Target {
  readonly type: string;
  readonly revision?: string;
  readonly percent?: number;
  readonly tag?: string;
}
interface Revision {
  readonly name: string;
  readonly template: Template;
  readonly createdAt: number;
  state: string;
  message: string;
}
export interface RunService {
  readonly name: string;
  template: Template;
  traffic: readonly Target[];
  /** The newest first. */
  readonly revisions: Revision[];
  generation: number;
}

export interface CloudRunOptions extends HostPlot {
  readonly refuse?: EmulatorReply;
  readonly env?: readonly object[];
  readonly traffic?: readonly Target[];
}

export interface CloudRun extends Emulator {
  readonly services: readonly RunService[];
  asked(name: string): string[];
  served(): string | undefined;
  readonly complaints: readonly string[];
}

const commitOf = (template: Template | undefined) => template?.containers[0]?.image.split(':').at(-1) ?? '';

/**
 * Cloud Run's v2 API with state. The rules are those of
 * https://github.com/googleapis/googleapis/blob/master/google/cloud/run/v2/service.proto
 */
export async function startCloudRun(options: CloudRunOptions = {}): Promise<CloudRun> {
  const { now = Date.now } = options;
  const next = stages(options.states ?? ['CONDITION_RECONCILING', 'CONDITION_RECONCILING', 'CONDITION_SUCCEEDED']);
  const complaints: string[] = [];
  const asked = new Map<string, string[]>();
  const first: Template = {
    containers: [
      {
        image: `${runImage}:${'a'.repeat(40)}`,
        env: options.env ?? [{ name: 'DJANGO_SETTINGS_MODULE', value: 'config.settings' }],
      },
    ],
  };
  const revisionOf = (service: string, template: Template, state: string): Revision => {
    const named = template.revision ? `${service}/revisions/${template.revision}` : `${service}/revisions/first`;
    return { name: named, template, createdAt: now(), state, message: '' };
  };
  const production: RunService = {
    name: runService,
    template: first,
    traffic: options.traffic ?? [{ type: latest, percent: 100 }],
    revisions: [revisionOf(runService, first, 'CONDITION_SUCCEEDED')],
    generation: 1,
  };
  const services = [production];
  const error = (status: number, message: string): EmulatorReply => ({
    status,
    body: { error: { code: status, message, status: 'X' } },
  });
  const isOver = ({ state }: Revision) => /SUCCEEDED|FAILED/.test(state);
  const latestReady = (service: RunService) => service.revisions.find(({ state }) => state === 'CONDITION_SUCCEEDED');

  /** The newest revision goes on with each look at its service. */
  function look(service: RunService): void {
    const [newest] = service.revisions;
    if (!newest || isOver(newest)) return;
    const word = next({ id: newest.name, state: newest.state });
    if (word === 'deleted') {
      services.splice(services.indexOf(service), 1);
      return;
    }
    if (word === 'superseded' || (word === 'CONDITION_SUCCEEDED' && options.otherCommit)) {
      newest.state = 'CONDITION_SUCCEEDED';
      const image = `${runImage}:${options.otherCommit ?? 'e'.repeat(40)}`;
      const template = { ...service.template, revision: 'shop-other', labels: {}, containers: [{ image }] };
      service.template = template;
      service.revisions.unshift(revisionOf(service.name, template, 'CONDITION_SUCCEEDED'));
      return;
    }
    newest.state = word;
    if (word === 'CONDITION_FAILED')
      newest.message = `The user-provided container failed to start and listen on the port defined by the PORT=8080 environment variable.`;
  }

  function statuses(service: RunService): object[] {
    const ready = latestReady(service)?.name.split('/').at(-1);
    return service.traffic.map((target) => ({ ...target, ...(target.type === latest ? { revision: ready } : {}) }));
  }

  function describe(service: RunService): object {
    const [newest] = service.revisions;
    const state = newest?.state ?? '';
    return {
      name: service.name,
      uid: 'u',
      generation: String(service.generation),
      observedGeneration: String(newest && isOver(newest) ? service.generation : service.generation - 1),
      etag: `"${service.generation}"`,
      ingress: 'INGRESS_TRAFFIC_ALL',
      launchStage: 'GA',
      template: service.template,
      traffic: service.traffic,
      trafficStatuses: statuses(service),
      reconciling: !(newest && isOver(newest)),
      terminalCondition: { type: 'Ready', state, message: newest?.message ?? '' },
      latestReadyRevision: latestReady(service)?.name,
      latestCreatedRevision: newest?.name,
      uri: `https://${service.name.split('/').at(-1)}-abc-ew.a.run.app`,
    };
  }

  const describeRevision = ({ name, template, createdAt, state, message }: Revision) => ({
    name,
    createTime: new Date(createdAt).toISOString(),
    labels: template.labels ?? {},
    containers: template.containers,
    conditions: [{ type: 'Ready', state, message }],
    logUri: `https://console.cloud.google.com/logs/viewer?revision=${name.split('/').at(-1)}`,
  });

  function begin(service: RunService, template: Template): void {
    const short = service.name.split('/').at(-1) ?? '';
    if (!template.revision?.startsWith(`${short}-`) || template.revision.length > 63)
      complaints.push(`the revision ${template.revision} is no name for one of ${short}`);
    if (service.revisions.some(({ name }) => name.endsWith(`/${template.revision}`)))
      complaints.push('a revision twice');
    for (const [key, value] of Object.entries(template.labels ?? {}))
      if (!/^[a-z][a-z0-9_-]{0,62}$/.test(key) || !/^[a-z0-9_-]{0,63}$/.test(value))
        complaints.push(`label ${key}=${value}`);
    service.template = template;
    service.revisions.unshift(revisionOf(service.name, template, 'CONDITION_PENDING'));
    asked.set(service.name, [commitOf(template), ...(asked.get(service.name) ?? [])]);
  }

  const operation = { status: 200, body: { name: `${parent}/operations/1`, done: false } };

  function change(service: RunService, mask: string[], body: Record<string, unknown>): EmulatorReply {
    if (body.etag !== undefined && body.etag !== `"${service.generation}"`) return error(409, 'etag mismatch');
    for (const field of mask) if (!(field in body)) complaints.push(`${field} is in the mask and not in the body`);
    if (mask.includes('traffic')) {
      const traffic = body.traffic as Target[];
      const sum = traffic.reduce((all, { percent = 0 }) => all + percent, 0);
      if (sum !== 100) return error(400, `traffic is ${sum}, not 100`);
      service.traffic = traffic;
    }
    service.generation += 1;
    if (mask.includes('template')) begin(service, body.template as Template);
    return operation;
  }

  function reply({ method, path, headers, body }: EmulatorRequest): EmulatorReply {
    if (options.refuse) return options.refuse;
    if (headers.authorization !== `Bearer ${googleToken}`)
      return error(401, 'Request had invalid authentication credentials.');
    const url = new URL(path, 'http://run.test');
    const given = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
    if (url.pathname === '/v2/entries:list' && method === 'POST')
      return { status: 200, body: { entries: [{ textPayload: 'ModuleNotFoundError: No module named config' }] } };
    if (method === 'POST' && url.pathname === `/v2/${parent}/services`) {
      const name = `${parent}/services/${url.searchParams.get('serviceId')}`;
      if (services.some((one) => one.name === name)) return error(409, 'exists');
      const created: RunService = {
        name,
        template: first,
        traffic: given.traffic as Target[],
        revisions: [],
        generation: 2,
      };
      services.push(created);
      asked.delete(name);
      begin(created, given.template as Template);
      return operation;
    }
    const [, name = '', rest = ''] =
      /^\/v2\/(projects\/[^/]+\/locations\/[^/]+\/services\/[^/:]+)(.*)$/.exec(url.pathname) ?? [];
    const service = services.find((one) => one.name === name);
    if (!service) return error(404, `Resource '${name}' was not found`);
    if (rest === ':getIamPolicy')
      return { status: 200, body: { bindings: [{ role: 'roles/run.invoker', members: ['allUsers'] }] } };
    if (rest === ':setIamPolicy') return { status: 200, body: (given as { policy: object }).policy };
    if (rest === '/revisions') return { status: 200, body: { revisions: service.revisions.map(describeRevision) } };
    if (rest.startsWith('/revisions/')) {
      const found = service.revisions.find((one) => one.name.endsWith(rest));
      return found ? { status: 200, body: describeRevision(found) } : error(404, 'no such revision');
    }
    if (method === 'DELETE') {
      services.splice(services.indexOf(service), 1);
      return operation;
    }
    if (method === 'PATCH') return change(service, (url.searchParams.get('updateMask') ?? '').split(','), given);
    look(service);
    return services.includes(service) ? { status: 200, body: describe(service) } : error(404, 'deleted');
  }

  const emulator = await startEmulator(reply);
  return Object.assign(emulator, {
    services,
    asked: (name: string) => asked.get(name) ?? [],
    served: () => {
      const [target] = statuses(production) as { revision?: string }[];
      return commitOf(production.revisions.find(({ name }) => name.endsWith(`/${target?.revision}`))?.template);
    },
    complaints,
  });
}
