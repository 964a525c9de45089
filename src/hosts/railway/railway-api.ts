import * as v from 'valibot';
import { askJson, checkAnswer, withoutValues } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { commitInImage } from '../contract/image.ts';
import { apiUrl, option } from '../contract/options.ts';

/** https://docs.railway.com/integrations/api; the schemas hold only what is read. */
const text = v.nullish(v.string());

const deploymentSchema = v.object({
  id: v.string(),
  status: text,
  createdAt: text,
  staticUrl: text,
  canRollback: v.nullish(v.boolean()),
  /** Railway describes it as a scalar: what is in it depends on the source, and only text is of use here. */
  meta: v.fallback(v.nullish(v.object({ commitHash: v.fallback(text, null), image: v.fallback(text, null) })), null),
});

export type Deployment = v.InferOutput<typeof deploymentSchema>;

const environmentSchema = v.object({
  id: v.string(),
  name: v.string(),
  isEphemeral: v.nullish(v.boolean()),
  /** Of environments that Railway makes for pull requests by itself. */
  meta: v.nullish(v.object({ prNumber: v.nullish(v.number()), prRepo: text })),
});

export type Environment = v.InferOutput<typeof environmentSchema>;

const listOf = <const S extends v.GenericSchema>(node: S) => v.object({ edges: v.array(v.object({ node })) });

const eventSchema = v.object({ step: text, payload: v.nullish(v.object({ error: text })) });
const domainSchema = v.object({ domain: v.string() });
const logSchema = v.object({ message: v.string() });

/** Railway answers with 200 whatever happened; what is wrong is in `errors`. */
const envelopeSchema = v.object({
  data: v.optional(v.unknown()),
  errors: v.nullish(v.array(v.object({ message: v.string() }))),
});

/** The HTTP status that an error would have; Railway's word for an unknown error is "Problem processing request". */
function statusOf(message: string): number {
  if (/not authori[sz]ed|unauthori[sz]ed|unauthenticated/i.test(message)) return 401;
  if (/forbidden|permission/i.test(message)) return 403;
  if (/not found/i.test(message)) return 404;
  if (/rate limit|too many/i.test(message)) return 429;
  return 500;
}

/** Where a service runs, by Railway's ids. */
export interface Place {
  readonly project: string;
  readonly environment: string;
  readonly service: string;
}

export const commitOf = ({ meta }: Deployment): string | undefined => meta?.commitHash ?? commitInImage(meta?.image);

const fields = 'id status createdAt staticUrl canRollback meta';
const inPlace = '$projectId: String!, $environmentId: String!, $serviceId: String!';
const place = 'projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId';
const idsOf = ({ project, environment, service }: Place) => ({
  projectId: project,
  environmentId: environment,
  serviceId: service,
});
const instanceOf = ({ environment, service }: Place) => ({ environmentId: environment, serviceId: service });

/** The requests that Railway is asked, with the token of the inputs. */
export function railwayApi(inputs: HostInputs) {
  const url = apiUrl(inputs.options, 'https://backboard.railway.com/graphql/v2');
  const token = inputs.token?.reveal() ?? '';
  const credential: Record<string, string> =
    option(inputs.options, 'token-type') === 'project'
      ? { 'project-access-token': token }
      : { authorization: `Bearer ${token}` };
  const headers = { ...credential, 'content-type': 'application/json', accept: 'application/json' };

  async function ask<const S extends v.GenericSchema>(
    io: HostIO,
    what: string,
    query: string,
    variables: object,
    schema: S,
    secrets: readonly string[] = [],
  ): Promise<v.InferOutput<S>> {
    const body = JSON.stringify({ query, variables });
    const answer = await askJson(io, what, { method: 'POST', url, headers, body }, envelopeSchema);
    const [error] = answer?.errors ?? [];
    if (!error) return checkAnswer(what, 200, answer?.data, schema);
    const status = statusOf(error.message);
    const complaint = withoutValues(error.message.replace(/\s+/g, ' ').slice(0, 200), [token, ...secrets]);
    throw new HostAnswerError(`${what}: HTTP ${status} (${complaint})`, status);
  }

  return {
    /** The project and environment that a project token is for. */
    async tokenPlace(io: HostIO): Promise<Omit<Place, 'service'>> {
      const schema = v.object({ projectToken: v.object({ projectId: v.string(), environmentId: v.string() }) });
      const query = 'query { projectToken { projectId environmentId } }';
      const { projectToken } = await ask(io, "Railway's project token", query, {}, schema);
      return { project: projectToken.projectId, environment: projectToken.environmentId };
    },

    /** What the service is deployed from, and whether Railway deploys it by itself. */
    async service(at: Place, io: HostIO) {
      const schema = v.object({
        serviceInstance: v.object({ serviceName: text, source: v.nullish(v.object({ repo: text, image: text })) }),
      });
      const query = `query ($environmentId: String!, $serviceId: String!) {
        serviceInstance(environmentId: $environmentId, serviceId: $serviceId) { serviceName source { repo image } } }`;
      return (await ask(io, `Railway's service ${at.service}`, query, instanceOf(at), schema)).serviceInstance;
    },

    async deploysByItself(at: Place, io: HostIO): Promise<boolean> {
      const schema = v.object({ serviceInstanceAutoDeployStatus: v.object({ enabled: v.boolean() }) });
      const query = `query (${inPlace}) { serviceInstanceAutoDeployStatus(${place}) { enabled } }`;
      const answer = await ask(io, "Railway's auto-deploy", query, idsOf(at), schema);
      return answer.serviceInstanceAutoDeployStatus.enabled;
    },

    /** Adds and changes variables, and leaves all others; the deploy comes after that. */
    async setVariables(at: Place, variables: Readonly<Record<string, string>>, io: HostIO): Promise<void> {
      const query = 'mutation ($input: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $input) }';
      const input = { ...idsOf(at), variables, replace: false, skipDeploys: true };
      const schema = v.object({ variableCollectionUpsert: v.nullish(v.boolean()) });
      await ask(io, "Railway's variables", query, { input }, schema, Object.values(variables));
    },

    async setImage(at: Place, image: string, io: HostIO): Promise<void> {
      const query = `mutation ($environmentId: String!, $serviceId: String!, $input: ServiceInstanceUpdateInput!) {
        serviceInstanceUpdate(environmentId: $environmentId, serviceId: $serviceId, input: $input) }`;
      const schema = v.object({ serviceInstanceUpdate: v.nullish(v.boolean()) });
      await ask(io, "Railway's image", query, { ...instanceOf(at), input: { source: { image } } }, schema);
    },

    /** Starts a deploy of that commit, or of the image that is set; the id of it where the answer tells one. */
    async deploy(at: Place, commitSha: string | undefined, io: HostIO): Promise<string | undefined> {
      const query = `mutation ($environmentId: String!, $serviceId: String!, $commitSha: String) {
        serviceInstanceDeployV2(environmentId: $environmentId, serviceId: $serviceId, commitSha: $commitSha) }`;
      const schema = v.object({ serviceInstanceDeployV2: text });
      const variables = { ...instanceOf(at), ...(commitSha === undefined ? {} : { commitSha }) };
      return (await ask(io, "Railway's deploy request", query, variables, schema)).serviceInstanceDeployV2 || undefined;
    },

    async deployment(id: string, io: HostIO): Promise<Deployment> {
      const schema = v.object({ deployment: deploymentSchema });
      const query = `query ($id: String!) { deployment(id: $id) { ${fields} } }`;
      return (await ask(io, `Railway's deployment ${id}`, query, { id }, schema)).deployment;
    },

    /** Deployments of the service in its environment, the newest first. */
    async deployments(at: Place, first: number, io: HostIO): Promise<Deployment[]> {
      const query = `query ($input: DeploymentListInput!, $first: Int) {
        deployments(input: $input, first: $first) { edges { node { ${fields} } } } }`;
      const schema = v.object({ deployments: listOf(deploymentSchema) });
      const variables = { input: idsOf(at), first };
      const { deployments } = await ask(io, "Railway's list of deployments", query, variables, schema);
      const found = deployments.edges.map(({ node }) => node);
      return found.toSorted((a, b) => Date.parse(b.createdAt ?? '') - Date.parse(a.createdAt ?? '') || 0);
    },

    /** The steps of a deployment, in the order that they began. */
    async events(id: string, io: HostIO) {
      const query = `query ($id: String!) {
        deploymentEvents(id: $id, first: 100) { edges { node { step payload { error } } } } }`;
      const schema = v.object({ deploymentEvents: listOf(eventSchema) });
      const { deploymentEvents } = await ask(io, "Railway's events", query, { id }, schema);
      return deploymentEvents.edges.map(({ node }) => node);
    },

    async log(kind: 'buildLogs' | 'deploymentLogs', id: string, io: HostIO): Promise<string[]> {
      const query = `query ($id: String!) { ${kind}(deploymentId: $id, limit: 100) { message } }`;
      const answer = await ask(io, "Railway's log", query, { id }, v.record(v.string(), v.array(logSchema)));
      return (answer[kind] ?? []).map(({ message }) => message);
    },

    async cancel(id: string, io: HostIO): Promise<void> {
      const query = 'mutation ($id: String!) { deploymentCancel(id: $id) }';
      await ask(io, "Railway's cancel", query, { id }, v.object({ deploymentCancel: v.nullish(v.boolean()) }));
    },

    async rollBack(id: string, io: HostIO): Promise<void> {
      const query = 'mutation ($id: String!) { deploymentRollback(id: $id) }';
      await ask(io, "Railway's rollback", query, { id }, v.object({ deploymentRollback: v.nullish(v.boolean()) }));
    },

    /** Domain names of the service: Railway's own first. */
    async domains(at: Place, io: HostIO): Promise<string[]> {
      const query = `query (${inPlace}) { domains(${place}) { serviceDomains { domain } customDomains { domain } } }`;
      const schema = v.object({
        domains: v.object({ serviceDomains: v.array(domainSchema), customDomains: v.array(domainSchema) }),
      });
      const { domains } = await ask(io, "Railway's domains", query, idsOf(at), schema);
      return [...domains.serviceDomains, ...domains.customDomains].map(({ domain }) => domain);
    },

    async createDomain(at: Place, io: HostIO): Promise<void> {
      const query = 'mutation ($input: ServiceDomainCreateInput!) { serviceDomainCreate(input: $input) { domain } }';
      const schema = v.object({ serviceDomainCreate: domainSchema });
      await ask(io, "Railway's new domain", query, { input: instanceOf(at) }, schema);
    },

    async environments(project: string, io: HostIO): Promise<Environment[]> {
      const query = `query ($projectId: String!) {
        environments(projectId: $projectId, first: 500) { edges { node { id name isEphemeral meta { prNumber prRepo } } } } }`;
      const schema = v.object({ environments: listOf(environmentSchema) });
      const { environments } = await ask(io, "Railway's environments", query, { projectId: project }, schema);
      return environments.edges.map(({ node }) => node);
    },

    /** A copy of the source environment with services, variables and empty volumes. */
    async createEnvironment(source: Place, name: string, io: HostIO): Promise<Environment> {
      const fieldsOfIt = '{ id name isEphemeral meta { prNumber prRepo } }';
      const query = `mutation ($input: EnvironmentCreateInput!) { environmentCreate(input: $input) ${fieldsOfIt} }`;
      const input = { projectId: source.project, sourceEnvironmentId: source.environment, name, ephemeral: true };
      const schema = v.object({ environmentCreate: environmentSchema });
      return (await ask(io, "Railway's new environment", query, { input }, schema)).environmentCreate;
    },

    async removeEnvironment(id: string, io: HostIO): Promise<void> {
      const query = 'mutation ($id: String!) { environmentDelete(id: $id) }';
      const schema = v.object({ environmentDelete: v.nullish(v.boolean()) });
      await ask(io, "Railway's deletion of the environment", query, { id }, schema);
    },
  };
}

export type RailwayApi = ReturnType<typeof railwayApi>;
