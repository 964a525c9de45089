import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How hosts were proven, out of what is in __tests__, so that the docs claim nothing that is not there. */
const root = join(import.meta.dirname, '..', '..');
const inTests = (...path: string[]) => join(root, '__tests__', ...path);

const awsModel =
  'an emulator, each request checked against the model of the service that AWS publishes; parts of it against moto';

/** Hosts that are proven in another way than by an emulator and one description. */
const otherwise: Readonly<Record<string, string>> = {
  ecs: awsModel,
  'elastic-beanstalk': awsModel,
  ssh: 'a real OpenSSH server, with a real gunicorn that serves a Django project',
  hook: 'strict fakes of Jenkins, Dokploy and a webhook',
};

/** The vendor's description that the emulator is held against, if there is a slice of one. */
function descriptionOf(name: string): string | undefined {
  const file = readdirSync(inTests('fixtures')).find((one) => one === `${name}-api.json`);
  if (file) {
    const { info } = JSON.parse(readFileSync(inTests('fixtures', file), 'utf8')) as { info?: { version?: string } };
    return info?.version;
  }
  return existsSync(inTests('fixtures', `${name}.graphql`)) ? 'its GraphQL schema' : undefined;
}

export function proofOf(name: string): string {
  const known = otherwise[name];
  if (known) return known;
  const description = descriptionOf(name);
  if (description)
    return `an emulator, each request and answer checked against the vendor's own description (${description})`;
  return 'an emulator with rules from the vendor’s documentation';
}

/** Link to a workflow that can be copied, from docs/hosts/; empty if there is none. */
export function exampleOf(name: string): string {
  return existsSync(join(root, 'examples', `${name}.yml`)) ? `[${name}.yml](../../examples/${name}.yml)` : '';
}
