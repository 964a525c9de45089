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

/** What the code takes for a fact, and no description or page of the vendor says. */
const unconfirmed: Readonly<Record<string, string>> = {
  coolify: 'that its list of deployments is one in an object (as its source has it, and its description has not)',
  fly: 'that an app without a public IP address has no address at fly.dev; set `url` there',
  heroku: 'the word for a build that somebody cancelled; its output is read',
  koyeb: 'that the status STASHED means "a newer deployment took its place"',
  render: 'the parameter `ref` of the deploy hook; the page has to show the commit',
  upsun: 'where the commit is in the payload of a push; it is looked for anywhere in it',
};

function howProven(name: string): string {
  const known = otherwise[name];
  if (known) return known;
  const description = descriptionOf(name);
  if (description)
    return `an emulator, each request and answer checked against the vendor's own description (${description})`;
  return 'an emulator with rules from the vendor’s documentation';
}

export function proofOf(name: string): string {
  const open = unconfirmed[name];
  return open ? `${howProven(name)}. Not confirmed by the vendor: ${open}` : howProven(name);
}

/** Link to a workflow that can be copied, from docs/hosts/; empty if there is none. */
export function exampleOf(name: string): string {
  return existsSync(join(root, 'examples', `${name}.yml`)) ? `[${name}.yml](../../examples/${name}.yml)` : '';
}
