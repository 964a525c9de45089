import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import type { HostInputs } from '../../src/hosts/contract/host.ts';
import { type HostName, hosts } from '../../src/hosts/index.ts';
import { type ScenarioSubject, scenarioSubjects } from '../contract/support/host-scenarios.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { awsKeys, awsRegion } from '../support/hosts/aws.ts';

/**
 * Every host that no other file deploys to by the bundle: one deploy that goes well and one that fails. The deploys wait for
 * most of their time, so that they are made side by side.
 */
const names: readonly HostName[] = [
  'railway',
  'fly',
  'northflank',
  'caprover',
  'pythonanywhere',
  'upsun',
  'app-engine',
  'cloud-run',
  'app-service',
  'elastic-beanstalk',
  'ecs',
];
const subjects = names.map((name): [HostName, ScenarioSubject | undefined] => [
  name,
  scenarioSubjects.find(({ host }) => host === name),
]);

/** Deploys that go on at a time. */
const atOnce = 6;

let project: Project;
let page: Emulator;
let moto: BucketServer;
let sha: string;
const artifacts: Record<string, string> = {};
const results = new Map<string, ActionResult & { complaints: readonly string[]; secret: string }>();

/** The inputs of the step that a host gets its own from. */
const stepInputs = ({ service, token, options }: HostInputs): Record<string, string> => ({
  ...(service ? { service } : {}),
  ...(token ? { 'host-token': token.reveal() } : {}),
  'host-options': [
    ...Object.entries(options).flatMap(([name, values]) => values.map((value) => `${name}: ${value}`)),
    'proof-header: X-Release',
  ].join('\n'),
});

async function deploy(host: HostName, inputs: HostInputs, more: Record<string, string>): Promise<ActionResult> {
  const format = (hosts[host] as { artifactFormat?: string }).artifactFormat ?? 'tar.gz';
  return runAction({
    workspace: project.folder,
    sha,
    env: project.path,
    inputs: { host, artifact: artifacts[format] ?? '', url: page.origin, ...stepInputs(inputs), ...more },
  });
}

async function deployTo(host: HostName, subject: ScenarioSubject, end: string): Promise<void> {
  const started = await subject.start({ end, pushed: sha }, Date.now);
  try {
    const result = await deploy(host, started.inputs, { timeout: '90s' });
    const complaints = started.complaints();
    results.set(`${host} ${end}`, { ...result, complaints, secret: started.inputs.token?.reveal() ?? '' });
  } finally {
    await started.stop();
  }
}

const failureOf = (subject: ScenarioSubject | undefined): string => Object.keys(subject?.failures ?? {})[0] ?? '';

beforeAll(async () => {
  project = await startProject();
  await project.append('site1/settings.py', 'STATIC_ROOT = BASE_DIR / "staticfiles"\nALLOWED_HOSTS = ["127.0.0.1"]\n');
  sha = await project.commit('First');
  page = await startEmulator(() => ({ status: 200, headers: { 'x-release': sha }, body: '<h1>Welcome</h1>' }));
  moto = await startBucketServer();
  for (const format of ['tar.gz', 'zip']) {
    const inputs = { command: 'build', install: 'none', host: 'none', 'artifact-format': format };
    const { outputs } = await runAction({ workspace: project.folder, sha, env: project.path, inputs });
    artifacts[format] = outputs['artifact-path'] ?? '';
  }
  const deploys = subjects.flatMap(([host, subject]) =>
    ['live', failureOf(subject)].map((end) => async () => subject && deployTo(host, subject, end)),
  );
  const inTurn = async () => {
    for (let next = deploys.shift(); next; next = deploys.shift()) await next();
  };
  await Promise.all(Array.from({ length: atOnce }, inTurn));
});
afterAll(async () => {
  await moto?.stop();
  await page?.stop();
  await project?.remove();
});

describe.each(subjects)('a deploy to %s', (host, subject) => {
  const shown = (result: ActionResult | undefined) => (result?.log ?? '').replace(/^::add-mask::.*$/gm, '');

  test('goes live by its API, and shows no credential', () => {
    const result = results.get(`${host} live`);
    expect(shown(result)).toContain('took the request');
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live', url: page.origin }, complaints: [] });
    expect(result?.outputs['host-deployment-id']).not.toBe('');
    expect(shown(result)).not.toContain(result?.secret);
  });

  test('that fails there ends with the reason and the last lines', () => {
    const end = failureOf(subject);
    const result = results.get(`${host} ${end}`);
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(shown(result).replaceAll('%0A', '\n')).toMatch(subject?.failures[end] ?? 'a failure');
    expect(shown(result)).not.toContain(result?.secret);
  });
});

test('a deploy to ECS puts the image of the commit into the service at moto, whose deployments never end', async () => {
  const ask = async (operation: string, parameters: object) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${awsKeys.id}/20260301/${awsRegion}/ecs/aws4_request, SignedHeaders=host, Signature=0`;
    const target = `AmazonEC2ContainerServiceV20141113.${operation}`;
    const headers = { authorization, 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
    const answer = await fetch(moto.endpoint, { method: 'POST', headers, body: JSON.stringify(parameters) });
    return (await answer.json()) as {
      services?: { taskDefinition: string }[];
      taskDefinition?: { containerDefinitions: { image: string }[] };
    };
  };
  await ask('CreateCluster', { clusterName: 'default' });
  const container = { name: 'web', image: 'ghcr.io/acme/shop:old', essential: true, memory: 256 };
  await ask('RegisterTaskDefinition', { family: 'shop', containerDefinitions: [container] });
  await ask('CreateService', { cluster: 'default', serviceName: 'shop', taskDefinition: 'shop', desiredCount: 1 });
  const service = `arn:aws:ecs:${awsRegion}:123456789012:service/default/shop`;
  const options = ['image: ghcr.io/acme/shop:{sha}', `access-key-id: ${awsKeys.id}`, `api-url: ${moto.endpoint}`];
  const { log, outputs } = await runAction({
    workspace: project.folder,
    sha,
    env: project.path,
    inputs: {
      host: 'ecs',
      artifact: artifacts['tar.gz'] ?? '',
      service,
      'host-token': awsKeys.secret,
      'host-options': options.join('\n'),
      url: page.origin,
      timeout: '10s',
    },
  });
  expect(outputs.status).toBe('failed');
  expect(log).toMatch(/The deploy at Amazon ECS is still .* after/);
  const { services } = await ask('DescribeServices', { cluster: 'default', services: ['shop'] });
  const { taskDefinition } = await ask('DescribeTaskDefinition', { taskDefinition: services?.[0]?.taskDefinition });
  expect(taskDefinition?.containerDefinitions[0]?.image).toBe(`ghcr.io/acme/shop:${sha}`);
});
