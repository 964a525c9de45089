import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { createCdn } from '../../src/cdn/create-cdn.ts';
import type { HostIO } from '../../src/hosts/contract/host.ts';
import { hosts } from '../../src/hosts/index.ts';
import { createRedactor, Secret } from '../../src/lib/secret.ts';
import { releaseTo } from '../../src/release/release-to-host.ts';
import { createHttp } from '../../src/runner/http-client.ts';
import { fakeClock, never } from '../support/fakes.ts';
import { createHostInputs, fakeMachine } from '../support/host-io.ts';
import { awsKeys, awsRegion } from '../support/hosts/aws.ts';
import { otherSha, request, sha } from '../support/release.ts';

/**
 * moto was written by others from AWS’s own answers. It has the writing half of ECS (its deployments never move, so that following them is
 * the emulator’s to test), the reading half of Elastic Beanstalk, and CloudFront.
 */
let moto: BucketServer;
const http = createHttp('contract');
beforeAll(async () => {
  moto = await startBucketServer();
}, 300_000);
afterAll(async () => {
  await moto.stop();
  await http.close();
});

const service = `arn:aws:ecs:${awsRegion}:123456789012:service/default/shop`;
const keys = { 'access-key-id': [awsKeys.id], region: [awsRegion] };

/** One request to moto, which checks no signature but reads region and service out of it. */
async function ask(name: string, headers: Record<string, string>, body: string): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${awsKeys.id}/20260301/${awsRegion}/${name}/aws4_request, SignedHeaders=host, Signature=0`;
  const answer = await fetch(`${moto.endpoint}/`, { method: 'POST', headers: { authorization, ...headers }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`moto: ${answer.status} ${text}`);
  return text;
}

const ecs = (operation: string, parameters: object) => {
  const target = `AmazonEC2ContainerServiceV20141113.${operation}`;
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  return ask('ecs', headers, JSON.stringify(parameters));
};

const io = () => ({
  http,
  machine: fakeMachine(),
  clock: { ...fakeClock(), now: () => Date.now() },
  random: () => 0,
  signal: never,
  redactor: createRedactor(),
  onLine: () => undefined,
});

const asking: HostIO = {
  ...fakeMachine(),
  run: fakeMachine().run as never,
  request: (one) => http(one, never),
  now: Date.now,
  signal: never,
};

describe('Amazon ECS at moto', () => {
  const inputs = createHostInputs({
    service,
    token: new Secret(awsKeys.secret),
    options: { 'access-key-id': keys['access-key-id'], image: ['ghcr.io/acme/shop:{sha}'] },
  });

  beforeAll(async () => {
    await ecs('CreateCluster', { clusterName: 'default' });
    const environment = [{ name: 'KEPT', value: 'yes' }];
    const container = { name: 'web', image: 'ghcr.io/acme/shop:old', essential: true, memory: 256, environment };
    await ecs('RegisterTaskDefinition', { family: 'shop', containerDefinitions: [container] });
    await ecs('CreateService', { cluster: 'default', serviceName: 'shop', taskDefinition: 'shop', desiredCount: 1 });
  });

  test('runs the image of each commit in a new revision, with variables added', async () => {
    const options = { ...inputs.options, 'api-url': [moto.endpoint] };
    const host = await hosts.ecs.create({ ...inputs, options });
    for (const commit of [sha, otherSha]) {
      const asked = { ...request, sha: commit, variables: { STATIC_URL: 'https://cdn.test/' } };
      const release = await host.trigger(asked, asking);
      expect(release.id).toMatch(/:task-definition\/shop:\d+$/);
      const found = JSON.parse(await ecs('DescribeServices', { cluster: 'default', services: ['shop'] }));
      expect(found.services[0].taskDefinition).toBe(release.id);
      const definition = JSON.parse(await ecs('DescribeTaskDefinition', { taskDefinition: release.id }));
      expect(definition.taskDefinition.containerDefinitions[0]).toMatchObject({
        image: `ghcr.io/acme/shop:${commit}`,
        environment: [
          { name: 'KEPT', value: 'yes' },
          { name: 'STATIC_URL', value: 'https://cdn.test/' },
        ],
      });
    }
  });

  test('an unknown service is an error with what ECS says', async () => {
    const options = { ...inputs.options, 'api-url': [moto.endpoint] };
    const host = await hosts.ecs.create({ ...inputs, service: `${service}-other`, options });
    const outcome = releaseTo(host, 'Amazon ECS', request, Date.now() + 60_000, io());
    await expect(outcome).rejects.toMatchObject({
      code: 'HOST_REFUSED',
      message: expect.stringContaining('no service shop-other'),
    });
  });
});

describe('Elastic Beanstalk at moto', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const query = (parameters: Record<string, string>) =>
    ask('elasticbeanstalk', form, new URLSearchParams({ Version: '2010-12-01', ...parameters }).toString());

  test('an environment is found by its name, and another one is an error that says so', async () => {
    await query({ Action: 'CreateApplication', ApplicationName: 'shop' });
    const stack = '64bit Amazon Linux 2018.03 v2.9.10 running Python 3.6';
    await query({
      Action: 'CreateEnvironment',
      ApplicationName: 'shop',
      EnvironmentName: 'shop-prod',
      SolutionStackName: stack,
    });
    const options = { ...keys, application: ['shop'], 'api-url': [moto.endpoint] };
    const inputs = createHostInputs({ service: 'shop-prod', token: new Secret(awsKeys.secret), options });
    const host = await hosts['elastic-beanstalk'].create(inputs);
    expect(await host.check?.(asking)).toEqual([]);
    const other = await hosts['elastic-beanstalk'].create({ ...inputs, service: 'shop-test' });
    await expect(other.check?.(asking)).rejects.toThrow('Elastic Beanstalk has no environment shop-test');
  });
});

describe('CloudFront at moto', () => {
  const keys = { accessKeyId: awsKeys.id, secretAccessKey: awsKeys.secret };
  const authorization = `AWS4-HMAC-SHA256 Credential=${awsKeys.id}/20260301/us-east-1/cloudfront/aws4_request, SignedHeaders=host, Signature=0`;
  const root = '/2020-05-31/distribution';
  const send = async (path: string, body?: string) => {
    const method = body === undefined ? 'GET' : 'POST';
    const answer = await fetch(moto.endpoint + path, { method, headers: { authorization }, ...(body ? { body } : {}) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`moto: ${answer.status} ${text}`);
    return text;
  };
  const cdnOf = (id: string) =>
    createCdn('cloudfront', { id, token: undefined, keys, apiUrl: moto.endpoint, release: 'r-1.1', origins: [] });

  test('takes an invalidation, tells when it is done, and names the domain of the distribution', async () => {
    const made = await send(
      root,
      `<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><CallerReference>one</CallerReference><Aliases><Quantity>1</Quantity><Items><CNAME>cdn.example.com</CNAME></Items></Aliases><Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id><DomainName>files.s3.amazonaws.com</DomainName><S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy></DefaultCacheBehavior><Comment></Comment><Enabled>true</Enabled></DistributionConfig>`,
    );
    const id = /<Id>([A-Z0-9]+)<\/Id>/.exec(made)?.[1] ?? '';
    const cdn = await cdnOf(id);
    const plan = cdn.plan(['app.css', 'img/a b.svg'].map((name) => ({ key: `static/${name}`, url: undefined })));
    const invalidation = (await cdn.send(plan.requests[0] as never, asking)) ?? '';
    const listed = await send(`${root}/${id}/invalidation/${invalidation}`);
    expect(listed).toContain('/static/app.css');
    expect(listed).toContain('/static/img/a%20b.svg');
    expect(listed).toContain('<Quantity>2</Quantity>');
    expect(await cdn.isDone?.(invalidation, asking)).toBe(true);
    const found = await cdn.check(asking);
    expect(found.domains).toEqual([expect.stringMatching(/\.cloudfront\.net$/), 'cdn.example.com']);
    expect(found.warnings).toEqual([]);
  });

  test('does not know another distribution, which is no shape that is misread', async () => {
    const cdn = await cdnOf('E0000000000000');
    await expect(cdn.check(asking)).rejects.toMatchObject({ status: 404 });
  });
});
