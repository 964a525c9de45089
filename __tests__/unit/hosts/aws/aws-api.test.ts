import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { awsApi } from '../../../../src/hosts/aws/aws-api.ts';
import { awsCredentials } from '../../../../src/hosts/aws/aws-credentials.ts';
import { askQuery, encodeParameters, readXml } from '../../../../src/hosts/aws/aws-query.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { answer } from '../../../support/fakes.ts';
import { createHostInputs, fakeHostIO, json } from '../../../support/host-io.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const inputs = createHostInputs({ token: new Secret(secret), options: { 'access-key-id': ['AKIAIOSFODNN7EXAMPLE'] } });
const call = { what: "ECS's service", contentType: 'application/x-amz-json-1.1', body: '{}' };

describe('an answer of AWS that is no success', () => {
  test.each([
    ['as JSON', json({ __type: 'com.amazonaws#ThrottlingException', message: 'Rate exceeded' }, 400)],
    [
      'as XML',
      answer(
        400,
        '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
      ),
    ],
  ])('is "too many requests" where it says so with 400, %s', async (_, reply) => {
    const asking = awsApi(inputs, 'ecs', 'eu-central-1').call(
      call,
      fakeHostIO(() => reply),
    );
    await expect(asking).rejects.toMatchObject({ status: 429, message: expect.stringContaining('Rate exceeded') });
  });

  test('has code and message in the error, and no credential that is echoed', async () => {
    const reply = json(
      { __type: 'AccessDeniedException', Message: `AKIAIOSFODNN7EXAMPLE with ${secret} may not` },
      403,
    );
    const asking = awsApi(inputs, 'ecs', 'eu-central-1').call(
      call,
      fakeHostIO(() => reply),
    );
    await expect(asking).rejects.toMatchObject({
      status: 403,
      message: "ECS's service: HTTP 403 (AccessDeniedException: *** with *** may not)",
    });
  });
});

test.each([
  ['eu-central-1', 'https://ecs.eu-central-1.amazonaws.com/'],
  ['cn-north-1', 'https://ecs.cn-north-1.amazonaws.com.cn/'],
])('the address of a service in %s', async (region, url) => {
  const io = fakeHostIO(() => json({}));
  await awsApi(inputs, 'ecs', region).call(call, io);
  expect(io.requests[0]?.url).toBe(url);
  expect(io.requests[0]?.headers?.authorization).toContain(`/${region}/ecs/aws4_request`);
});

test('credentials are those of the inputs, or of a role in the environment', async () => {
  const io = { ...fakeHostIO(() => json({})), environ: (name: string) => `value of ${name}` };
  expect(await awsCredentials(inputs, io)).toEqual({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret });
  expect(await awsCredentials(createHostInputs(), io)).toEqual({
    accessKeyId: 'value of AWS_ACCESS_KEY_ID',
    secretAccessKey: 'value of AWS_SECRET_ACCESS_KEY',
    sessionToken: 'value of AWS_SESSION_TOKEN',
  });
});

test('parameters of the Query protocol are numbered lists and dotted names', () => {
  const query = encodeParameters({
    Names: ['a', 'b'],
    Bundle: { Bucket: 'c', Key: undefined },
    Process: false,
    Left: undefined,
  });
  expect(query.toString()).toBe('Names.member.1=a&Names.member.2=b&Bundle.Bucket=c&Process=false');
});

describe('an answer of the Query protocol', () => {
  test('is read with its lists, and entities decoded', async () => {
    const text = '<R><S><member><A>1 &amp; 2</A></member><member><A/></member></S><E/></R>';
    expect(await readXml(text)).toEqual({ R: { S: [{ A: '1 & 2' }, { A: '' }], E: '' } });
  });

  test.each(['', 'no XML', '<html>proxy</html>', '<OtherResponse/>'])(
    'of another shape is an error: %j',
    async (body) => {
      const api = awsApi(inputs, 'elasticbeanstalk', 'eu-central-1');
      const io = fakeHostIO(() => answer(200, body));
      const asking = askQuery(api, '2010-12-01', "Elastic Beanstalk's events", 'DescribeEvents', {}, v.object({}), io);
      await expect(asking).rejects.toThrow(
        "Elastic Beanstalk's events: HTTP 200 with a body that is no DescribeEventsResponse",
      );
    },
  );
});
