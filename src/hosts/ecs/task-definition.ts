import { DeployError } from '../../core/errors.ts';
import { notCopied, previewVariables } from '../contract/preview-variables.ts';
import type { Container, TaskDefinition } from './ecs-api.ts';

/** What DescribeTaskDefinition tells and RegisterTaskDefinition does not take. */
const told = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
];

/** The container that runs Django: the one that is named, `Main` of Express Mode, or the first essential one. */
export function appContainer({ containerDefinitions }: TaskDefinition, name: string | undefined): Container {
  const isEssential = ({ essential }: Container) => essential !== false;
  const found =
    name === undefined
      ? (containerDefinitions.find((one) => one.name === 'Main') ?? containerDefinitions.find(isEssential))
      : containerDefinitions.find((one) => one.name === name);
  if (found) return found;
  const names = containerDefinitions.map((one) => one.name).join(', ');
  throw new DeployError('INVALID_INPUTS', `The task definition has no container "${name ?? ''}"; it has ${names}.`, {
    hint: 'Write one of them into host-options, for example "container: web".',
  });
}

/**
 * The next revision: the same with another image, and variables added. A variable that came from a secret before is a
 * value now, because ECS refuses a name that is both.
 */
export function nextRevision(
  definition: TaskDefinition,
  containerName: string | undefined,
  image: string,
  variables: Readonly<Record<string, string>>,
): object {
  const app = appContainer(definition, containerName);
  const kept = (app.environment ?? []).filter(({ name }) => !(name in variables));
  const added = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const secrets = app.secrets?.filter(({ name }) => !(name in variables));
  const changed = { ...app, image, environment: [...kept, ...added], ...(secrets ? { secrets } : {}) };
  const containerDefinitions = definition.containerDefinitions.map((one) => (one === app ? changed : one));
  const entries = Object.entries({ ...definition, containerDefinitions });
  return Object.fromEntries(entries.filter(([name, value]) => !told.includes(name) && value !== null));
}

/** Variables that have their value in the definition itself. */
export const variablesOf = (container: Container): Record<string, string> =>
  Object.fromEntries((container.environment ?? []).map(({ name, value }) => [name, value ?? '']));

/** Names of what a preview does not get: secrets, and what leads to production's data. */
export const missingInPreview = (container: Container): string[] => [
  ...notCopied(variablesOf(container)),
  ...(container.secrets ?? []).map(({ name }) => name),
];

/** Production's definition for a preview: without secrets and what leads to production's data, in no container. */
export function previewDefinition(definition: TaskDefinition, of: string): TaskDefinition {
  const containerDefinitions = definition.containerDefinitions.map(({ secrets: _secrets, ...container }) => {
    const environment = Object.entries(previewVariables(variablesOf(container), of)).map(([name, value]) => ({
      name,
      value,
    }));
    return { ...container, environment };
  });
  return { ...definition, containerDefinitions };
}
