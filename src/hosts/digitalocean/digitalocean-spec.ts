import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import { leadsToData, previewMark } from '../contract/preview-safety.ts';

/**
 * The app spec, https://docs.digitalocean.com/products/app-platform/reference/app-spec/. A PUT replaces all of it, so that
 * fields that nobody here knows are kept as they came.
 */
const variableSchema = v.looseObject({
  key: v.string(),
  value: v.nullish(v.string()),
  scope: v.nullish(v.string()),
  type: v.nullish(v.string()),
});
type Variable = v.InferOutput<typeof variableSchema>;

const sourceSchema = v.looseObject({
  repo: v.nullish(v.string()),
  branch: v.nullish(v.string()),
  deploy_on_push: v.nullish(v.boolean()),
});
const componentSchema = v.looseObject({
  name: v.nullish(v.string()),
  envs: v.nullish(v.array(variableSchema)),
  github: v.nullish(sourceSchema),
  gitlab: v.nullish(sourceSchema),
  bitbucket: v.nullish(sourceSchema),
  kind: v.nullish(v.string()),
});
type Component = v.InferOutput<typeof componentSchema>;
const databaseSchema = v.looseObject({
  name: v.string(),
  engine: v.nullish(v.string()),
  production: v.nullish(v.boolean()),
  cluster_name: v.nullish(v.string()),
});

const kinds = ['services', 'workers', 'jobs', 'static_sites', 'functions'] as const;
const sources = ['github', 'gitlab', 'bitbucket'] as const;
const components = v.nullish(v.array(componentSchema));

export const specSchema = v.looseObject({
  name: v.string(),
  envs: v.nullish(v.array(variableSchema)),
  services: components,
  workers: components,
  jobs: components,
  static_sites: components,
  functions: components,
  databases: v.nullish(v.array(databaseSchema)),
  domains: v.nullish(v.array(v.looseObject({ domain: v.string() }))),
});
export type Spec = v.InferOutput<typeof specSchema>;

/** The spec with each of its components changed; one that becomes undefined is left out. */
function withComponents(spec: Spec, change: (component: Component) => Component | undefined): Spec {
  const changed = kinds.flatMap((kind) => {
    const made = spec[kind]?.flatMap((component) => change(component) ?? []);
    return made ? [[kind, made] as const] : [];
  });
  return { ...spec, ...Object.fromEntries(changed) };
}

const componentsOf = (spec: Spec): Component[] => kinds.flatMap((kind) => spec[kind] ?? []);

/** Names of components that DigitalOcean deploys by itself on every push. */
export const selfDeploying = (spec: Spec): string[] =>
  componentsOf(spec)
    .filter((component) => sources.some((source) => component[source]?.deploy_on_push))
    .map(({ name }) => name ?? 'a component');

/**
 * The spec with these variables: each takes the place of those of its name, wherever they are, and a new one is a secret of
 * the whole app. Secrets that are there come back encrypted (`EV[…]`) and are sent as they came.
 * @throws DeployError HOST_REFUSED where a secret came back without its value, because sending it so would empty it.
 */
export function withVariables(spec: Spec, variables: Readonly<Record<string, string>>): Spec {
  const place = (envs: readonly Variable[] | null | undefined) =>
    envs?.map((one) => {
      const value = variables[one.key];
      if (value !== undefined) return { ...one, value };
      if (one.type !== 'SECRET' || one.value) return one;
      throw new DeployError('HOST_REFUSED', `DigitalOcean does not tell the value of the secret ${one.key}.`, {
        hint: `Sending the app's spec would empty it. Add "${one.key}=…" to host-env, or leave host-env empty and set the variables in the dashboard.`,
      });
    });
  const there = new Set([spec, ...componentsOf(spec)].flatMap(({ envs }) => envs?.map(({ key }) => key) ?? []));
  const added = Object.entries(variables).filter(([key]) => !there.has(key));
  const made = added.map(([key, value]) => ({ key, value, scope: 'RUN_AND_BUILD_TIME', type: 'SECRET' }));
  const envs = [...(place(spec.envs) ?? []), ...made];
  const placed = withComponents(spec, (one) => (one.envs ? { ...one, envs: place(one.envs) } : one));
  return envs.length > 0 ? { ...placed, envs } : placed;
}

/** Whether a variable may go into a preview: no encrypted one can, and none that leads to production's data may. */
const isSafe = ({ key, value, type }: Variable): boolean =>
  type !== 'SECRET' && (/\$\{[^}]+\}/.test(value ?? '') || !leadsToData(key, value ?? ''));

/** Names of variables that a preview does not take over from production. */
export const notCopied = (spec: Spec): string[] => [
  ...new Set(
    [spec, ...componentsOf(spec)].flatMap(({ envs }) =>
      (envs ?? []).filter((one) => !isSafe(one)).map(({ key }) => key),
    ),
  ),
];

/** Of a whole app: what must stay production's alone. */
const ownOnly = ['domains', 'alerts', 'vpc', 'egress', 'maintenance'];

/** A component of a preview: built from this branch where it is of this repository, small, and without what is production's. */
function previewComponent(component: Component, repository: string, branch: string): Component | undefined {
  if (component.kind === 'SCHEDULED') return undefined;
  const { autoscaling: _, alerts: __, log_destinations: ___, ...kept } = component;
  const made: Component = { ...kept, ...(kept.envs ? { envs: kept.envs.filter(isSafe) } : {}) };
  if ('instance_count' in made || 'autoscaling' in component) made.instance_count = 1;
  for (const name of sources) {
    const source = made[name];
    if (source) made[name] = { ...source, deploy_on_push: false, ...(source.repo === repository ? { branch } : {}) };
  }
  return made;
}

/** Whether any component is built from that repository. */
export const isBuiltFrom = (spec: Spec, repository: string): boolean =>
  componentsOf(spec).some((one) => sources.some((source) => one[source]?.repo === repository));

/**
 * The spec of a new preview out of production's: an app of its own, whose PostgreSQL databases are development databases of
 * its own under the same names, so that `${db.DATABASE_URL}` leads to them.
 * @throws DeployError HOST_REFUSED where production has a database that has no development form.
 */
export function previewSpec(base: Spec, name: string, of: string, repository: string, branch: string): Spec {
  const other = base.databases?.find(({ engine }) => (engine ?? 'PG') !== 'PG');
  if (other) {
    throw new DeployError('HOST_REFUSED', `The database ${other.name} is ${other.engine}, which no preview gets.`, {
      hint: 'DigitalOcean has development databases of PostgreSQL alone. Make a preview app by hand from an app spec without it, or keep that database outside of the app’s spec and set its address by host-env.',
    });
  }
  const kept = Object.fromEntries(Object.entries(base).filter(([key]) => !ownOnly.includes(key))) as Spec;
  const made = withComponents({ ...kept, name }, (one) => previewComponent(one, repository, branch));
  const mark = { key: previewMark, value: of, scope: 'RUN_TIME', type: 'GENERAL' };
  const databases = base.databases?.map((one) => ({ name: one.name, engine: 'PG', production: false }));
  return { ...made, envs: [...(made.envs ?? []).filter(isSafe), mark], ...(databases ? { databases } : {}) };
}

/** The spec of a preview that is there, for the next commit: its own, with the branch as it is called now. */
export const nextPreviewSpec = (own: Spec, repository: string, branch: string): Spec =>
  withComponents(own, (component) => {
    const made = { ...component };
    for (const name of sources) if (made[name]?.repo === repository) made[name] = { ...made[name], branch };
    return made;
  });

/** Whether an app is a preview that this action made of that one. */
export const isPreviewOf = ({ envs }: Spec, app: string): boolean =>
  envs?.some(({ key, value }) => key === previewMark && value === app) ?? false;
