import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, execute, parse, validate } from 'graphql';
import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { DeployWorld, type WorldDeploy, type WorldOptions } from './deploy-world.ts';

export const railwayToken = '6e1f2d3c-4b5a-4978-8695-a4b3c2d1e0f9';
export const railwayService = '2f0b3c6e-8a4d-4f5e-9b1a-7c6d5e4f3a2b';
export const railwayProject = 'b1c2d3e4-f5a6-4788-99aa-bbccddeeff00';
export const railwayEnvironment = '0a1b2c3d-4e5f-4a6b-8c7d-9e8f7a6b5c4d';

export interface RailwayOptions extends Partial<WorldOptions> {
  readonly refuse?: EmulatorReply;
  /** The answer to the request to deploy has no id. */
  readonly hidesId?: boolean;
  /** The kind of the token: a project token has a header of its own. */
  readonly projectToken?: boolean;
  readonly autoDeploys?: boolean;
  /** The service runs this image. */
  readonly image?: string;
  /** Steps of every deployment, with the error of the one that failed. */
  readonly events?: readonly { readonly step: string; readonly error?: string }[];
  /** Errors that Railway gives to operations, by their names. */
  readonly errors?: Readonly<Record<string, string>>;
  /** Statuses that are not in Railway's description. */
  readonly unknownWords?: readonly string[];
}

interface RailwayEnvironment {
  readonly id: string;
  readonly name: string;
  readonly isEphemeral: boolean;
  readonly meta: { readonly prNumber: number; readonly prRepo: string } | null;
  domain: string | undefined;
  image: string | undefined;
  readonly variables: Record<string, string>;
}

export interface RailwayEmulator extends Emulator {
  readonly world: DeployWorld;
  readonly environments: readonly RailwayEnvironment[];
  /** What Railway does by itself for a pull request where its PR environments are on. */
  openPullRequest(number: number, repository: string): void;
  readonly complaints: readonly string[];
}

const description = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'railway.graphql'), 'utf8');

const edges = <T>(nodes: readonly T[]) => ({ edges: nodes.map((node) => ({ node, cursor: 'c' })) });

/** Railway's GraphQL API with state: documents, variables and answers are those of Railway's own schema. */
export async function startRailway(options: RailwayOptions = {}): Promise<RailwayEmulator> {
  const unknown = options.unknownWords ?? [];
  const more = unknown.length > 0 ? `extend enum DeploymentStatus { ${unknown.join(' ')} }` : '';
  const schema = buildSchema(description + more);
  const world = new DeployWorld({
    script: ['BUILDING', 'DEPLOYING', 'SUCCESS'],
    live: 'SUCCESS',
    replaced: 'REMOVED',
    ended: ['FAILED', 'CRASHED', 'SKIPPED', 'SLEEPING'],
    idOf: (count) => `d0000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    ...options,
  });
  const complaints: string[] = [];
  const environments: RailwayEnvironment[] = [];
  let made = 0;

  function addEnvironment(name: string, meta: RailwayEnvironment['meta'], isEphemeral = true): RailwayEnvironment {
    const id = isEphemeral ? `e0000000-0000-4000-8000-${String(++made).padStart(12, '0')}` : railwayEnvironment;
    const domain = isEphemeral ? undefined : 'harbour-production.up.railway.app';
    const environment = { id, name, isEphemeral, meta, domain, image: options.image, variables: {} };
    environments.push(environment);
    return environment;
  }
  addEnvironment('production', null, false);

  function get(id: string): RailwayEnvironment {
    const found = environments.find((one) => one.id === id);
    if (!found) throw new Error('Environment not found');
    return found;
  }

  function show(place: string, deploy: WorldDeploy): object {
    const { id, commit, status, createdAt, isRollback } = deploy;
    const { image, domain } = get(place);
    const reason = isRollback ? 'rollback' : 'deploy';
    const meta =
      options.image === undefined
        ? { commitHash: commit, reason }
        : { image: `${image?.split(':')[0]}:${commit}`, reason };
    const isDone = status === 'SUCCESS' || status === 'REMOVED';
    return { id, status, createdAt, meta, canRollback: isDone, staticUrl: domain ?? null, url: null };
  }

  function found(id: string) {
    const one = world.find(id);
    if (!one) throw new Error('Deployment not found');
    return one;
  }

  interface Ids {
    readonly id: string;
    readonly environmentId: string;
    readonly serviceId: string;
    readonly projectId: string;
  }
  const log = (message: string) => ({ message, timestamp: '2026-01-01T00:00:00Z' });

  const operations: Record<string, (args: never) => unknown> = {
    projectToken: () => ({ projectId: railwayProject, environmentId: railwayEnvironment }),
    serviceInstance: ({ environmentId }: Ids) => ({
      serviceName: 'harbour',
      source: { repo: options.image ? null : 'harbour/notes', image: get(environmentId).image ?? null },
    }),
    serviceInstanceAutoDeployStatus: () => ({ enabled: options.autoDeploys ?? false, canEnable: true }),
    variableCollectionUpsert: ({
      input,
    }: {
      input: Ids & { variables: object; replace: boolean; skipDeploys: boolean };
    }) => {
      if (input.replace || !input.skipDeploys) throw new Error('this would replace variables or deploy');
      Object.assign(get(input.environmentId).variables, input.variables);
      return true;
    },
    serviceInstanceUpdate: ({ environmentId, input }: Ids & { input: { source: { image: string } } }) => {
      get(environmentId).image = input.source.image;
      return true;
    },
    serviceInstanceDeployV2: ({ environmentId, commitSha }: Ids & { commitSha?: string }) => {
      const { image } = get(environmentId);
      const commit = options.image === undefined ? commitSha : image?.split(':').at(-1);
      if (commit === undefined) throw new Error('Problem processing request');
      const { id } = world.begin(environmentId, commit, 'INITIALIZING');
      return options.hidesId ? '' : id;
    },
    deployment: ({ id }: Ids) => {
      const { place, deploy } = found(id);
      return show(place, world.look(place, deploy));
    },
    deployments: ({ input, first }: { input: Ids; first: number }) => {
      const deploys = world.of(get(input.environmentId).id);
      if (options.hidesId) for (const deploy of [...deploys]) world.look(input.environmentId, deploy);
      return edges(deploys.slice(0, first).map((deploy) => show(input.environmentId, deploy)));
    },
    deploymentEvents: () =>
      edges(
        (options.events ?? []).map(({ step, error }, at) => ({
          id: `event-${at}`,
          step,
          payload: { error: error ?? null },
        })),
      ),
    buildLogs: () => [log('Building with Railpack'), log('ModuleNotFoundError: No module named harbour')],
    deploymentLogs: () => [log('Starting container')],
    deploymentCancel: ({ id }: Ids) => {
      found(id).deploy.status = 'REMOVED';
      return true;
    },
    deploymentRollback: ({ id }: Ids) => {
      const { place, deploy } = found(id);
      if (deploy.status !== 'REMOVED') throw new Error('Deployment cannot be rolled back to');
      world.begin(place, deploy.commit, 'INITIALIZING', true);
      return true;
    },
    domains: ({ environmentId }: Ids) => {
      const { domain } = get(environmentId);
      return { serviceDomains: domain ? [{ id: 'domain-1', domain, syncStatus: 'ACTIVE' }] : [], customDomains: [] };
    },
    serviceDomainCreate: ({ input }: { input: Ids }) => {
      const environment = get(input.environmentId);
      environment.domain = `harbour-${environment.name}.up.railway.app`;
      return { id: 'domain-2', domain: environment.domain, syncStatus: 'CREATING' };
    },
    environments: () => edges(environments),
    environmentCreate: ({ input }: { input: { name: string; ephemeral: boolean } }) => {
      if (environments.some(({ name }) => name === input.name)) throw new Error('An environment of that name exists');
      return addEnvironment(input.name, null, input.ephemeral);
    },
    environmentDelete: ({ id }: Ids) => {
      if (!get(id).isEphemeral) throw new Error('production is not deleted');
      world.remove(id);
      environments.splice(environments.indexOf(get(id)), 1);
      return true;
    },
  };

  async function answer({ method, path, headers, body }: EmulatorRequest): Promise<EmulatorReply> {
    if (method !== 'POST' || path !== '/graphql/v2') return { status: 404, body: { message: 'not found' } };
    const given = options.projectToken
      ? headers['project-access-token']
      : headers.authorization?.replace(/^Bearer /, '');
    if (given !== railwayToken) return { status: 200, body: { errors: [{ message: 'Not Authorized' }] } };
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    const document = parse(query);
    const wrong = validate(schema, document);
    if (wrong.length > 0) {
      complaints.push(...wrong.map(({ message }) => message));
      return { status: 400, body: { errors: wrong.map(({ message }) => ({ message })) } };
    }
    const failing = Object.entries(options.errors ?? {}).map(([name, message]) => [
      name,
      () => {
        throw new Error(message);
      },
    ]);
    const rootValue = { ...operations, ...Object.fromEntries(failing) };
    const result = await execute({ schema, document, variableValues: variables, rootValue });
    // What the emulator does on purpose is no mistake of the request.
    const mistakes = (result.errors ?? []).filter(({ originalError }) => !originalError);
    complaints.push(...mistakes.map(({ message }) => message));
    return { status: 200, body: result };
  }

  const emulator = await startEmulator((request) => options.refuse ?? answer(request));
  return Object.assign(emulator, {
    world,
    environments,
    complaints,
    openPullRequest(number: number, repository: string) {
      addEnvironment(`harbour-pr-${number}`, {
        prNumber: number,
        prRepo: repository,
      }).domain = `harbour-pr-${number}.up.railway.app`;
    },
  });
}
