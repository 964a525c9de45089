import { hash } from 'node:crypto';
import { DeployError } from '../../core/errors.ts';
import { commitOfImage } from '../contract/commit-image.ts';
import { notCopied, previewVariables } from '../contract/preview-variables.ts';
import type { Container, Revision, Service, Template, Traffic } from './cloud-run-api.ts';

/** The name of a service or revision without what it is in. */
export const shortName = (name: string): string => name.split('/').at(-1) ?? name;

/** Labels are the place where Google's own action writes the commit too. */
const commitLabel = 'commit-sha';

export const commitOf = ({ labels, containers }: Pick<Revision, 'labels' | 'containers'>): string | undefined =>
  labels?.[commitLabel] ?? containers.map(({ image }) => commitOfImage(image ?? undefined)).find(Boolean);

/** A name for the revision of a release: it begins with the service's, and has 63 characters at most. */
export function revisionName(service: string, release: string): string {
  const plain = `${service}-r${release.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  if (plain.length <= 63) return plain;
  return `${service}-r${hash('sha256', release).slice(0, 12)}`;
}

function appContainer(containers: readonly Container[], name: string | undefined): Container {
  const found =
    name === undefined
      ? (containers.find(({ ports }) => ports?.length) ?? containers[0])
      : containers.find((one) => one.name === name);
  if (found) return found;
  const names = containers.map((one) => one.name ?? '').join(', ');
  throw new DeployError('INVALID_INPUTS', `The Cloud Run service has no container "${name ?? ''}"; it has ${names}.`, {
    hint: 'Write one of them into host-options, for example "container: web".',
  });
}

export interface Next {
  readonly revision: string;
  readonly image: string;
  readonly sha: string;
  readonly container: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** The same template with another image, and variables added to those that are there. */
export function nextTemplate(template: Template, { revision, image, sha, container, variables }: Next): object {
  const app = appContainer(template.containers, container);
  const kept = (app.env ?? []).filter(({ name }) => !(name in variables));
  const added = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const changed = { ...app, image, env: [...kept, ...added] };
  const containers = template.containers.map((one) => (one === app ? changed : one));
  return { ...template, revision, labels: { ...template.labels, [commitLabel]: sha }, containers };
}

export const latestTarget = 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST';
export const pinnedTarget = 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION';

/** Addresses of tags stay, which is what a tagged target without traffic is. */
export const tagsOf = (traffic: readonly Traffic[]): Traffic[] =>
  traffic.filter(({ tag }) => tag).map((target) => ({ ...target, percent: 0 }));

/** How many percent of the traffic a revision gets. */
export function shareOf({ trafficStatuses, latestReadyRevision }: Service, revision: string): number {
  const isOurs = ({ type, revision: name }: Traffic) =>
    name ? shortName(name) === revision : type === latestTarget && shortName(latestReadyRevision ?? '') === revision;
  return trafficStatuses.filter(isOurs).reduce((sum, { percent }) => sum + (percent ?? 0), 0);
}

/** The revision that gets the most traffic. */
export function serving({ trafficStatuses, latestReadyRevision }: Service): string | undefined {
  const [most] = trafficStatuses.toSorted((a, b) => (b.percent ?? 0) - (a.percent ?? 0));
  const name = most?.revision ?? latestReadyRevision;
  return name ? shortName(name) : undefined;
}

/** Variables that have their value in the template itself; the others come from Secret Manager. */
export const variablesOf = ({ containers }: Template): Record<string, string> =>
  Object.fromEntries(
    containers.flatMap(({ env }) =>
      (env ?? []).flatMap(({ name, value, valueSource }) => (valueSource ? [] : [[name, String(value ?? '')]])),
    ),
  );

/** Names of what a preview does not get: secrets, and what leads to production's data. */
export const missingInPreview = (template: Template): string[] => [
  ...notCopied(variablesOf(template)),
  ...template.containers.flatMap(({ env }) =>
    (env ?? []).flatMap(({ name, valueSource }) => (valueSource ? name : [])),
  ),
];

/** Production's template for a preview: without secrets and what leads to production's data, in no container. */
export function previewTemplate(template: Template, of: string): Template {
  const containers = template.containers.map((container) => {
    const variables = previewVariables(variablesOf({ ...template, containers: [container] }), of);
    return { ...container, env: Object.entries(variables).map(([name, value]) => ({ name, value })) };
  });
  return { ...template, containers };
}
