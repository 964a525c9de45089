import { describe, expect, test } from '@jest/globals';
import { azureFirewall } from '../../../src/databases/trusted-sources/azure-firewall.ts';
import { cloudSql } from '../../../src/databases/trusted-sources/cloud-sql.ts';
import { digitalOceanFirewall } from '../../../src/databases/trusted-sources/digitalocean-firewall.ts';
import { makeMark } from '../../../src/databases/trusted-sources/mark.ts';
import { securityGroup } from '../../../src/databases/trusted-sources/security-group.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { answer } from '../../support/fakes.ts';
import { createHostInputs, fakeHostIO, json } from '../../support/host-io.ts';

const token = new Secret('token');
const address = { text: '203.0.113.7', family: 4 } as const;
const mark = makeMark('1', { id: 1, attempt: 1 }, Date.parse('2026-03-01T12:00:00Z'));

describe('DigitalOcean', () => {
  const firewall = digitalOceanFirewall('c1', createHostInputs({ token }));

  test.each([[[]], [null]])('a cluster with the rules %j lets everybody in, and gets none', async (rules) => {
    const io = fakeHostIO(() => json({ rules }));
    expect((await firewall.list(io)).open).toContain('lets everybody in');
    await firewall.add(address, mark, io);
    expect(io.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  test('the last rule stays, because without any everybody is let in', async () => {
    const io = fakeHostIO(() => json({ rules: [{ type: 'ip_addr', value: '203.0.113.7', description: mark }] }));
    await expect(firewall.remove(mark, io)).rejects.toMatchObject({
      code: 'TRUSTED_SOURCE_FAILED',
      hint: expect.stringContaining('lets everybody in'),
    });
    expect(io.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test('what the API only tells is not sent, and all else is', async () => {
    const rule = { uuid: 'u', type: 'app', value: 'a', description: 'the app', weight: 7 };
    const io = fakeHostIO(() => json({ rules: [{ ...rule, cluster_uuid: 'c', created_at: '2026-01-01T00:00:00Z' }] }));
    await firewall.add(address, mark, io);
    expect(JSON.parse(String(io.requests[1]?.body))).toEqual({
      rules: [rule, { type: 'ip_addr', value: '203.0.113.7', description: mark }],
    });
  });
});

describe('Azure', () => {
  const id =
    '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/a/providers/Microsoft.DBforMySQL/flexibleServers/s';
  const firewall = azureFirewall(id, createHostInputs({ token }));

  test('a link to another address gets no credential', async () => {
    const io = fakeHostIO(() => json({ value: [], nextLink: 'https://elsewhere.example.com/next' }));
    await expect(firewall.list(io)).rejects.toThrow('another address than that of the API');
    expect(io.requests).toHaveLength(1);
  });

  test('a change that Azure could not make is an error', async () => {
    const operation = 'https://management.azure.com/operations/1';
    const io = fakeHostIO(({ method }) =>
      method === 'PUT'
        ? answer(202, '', { 'azure-asyncoperation': operation })
        : json({ status: 'Failed', error: { message: 'public access is disabled' } }),
    );
    const pending = await firewall.add(address, mark, io);
    await expect(pending?.(io)).rejects.toThrow('public access is disabled');
  });

  test('a change without an operation to ask for is done when the rule is there', async () => {
    const there = [false, true];
    const io = fakeHostIO(({ method }) => {
      if (method === 'PUT') return answer(202);
      const properties = { startIpAddress: '203.0.113.7', endIpAddress: '203.0.113.7' };
      return there.shift() ? json({ name: mark, properties }) : json({ error: { message: 'not found' } }, 404);
    });
    const pending = await firewall.add(address, mark, io);
    expect([await pending?.(io), await pending?.(io)]).toEqual([false, true]);
  });
});

describe('Cloud SQL', () => {
  const source = cloudSql('acme-prod:site', createHostInputs({ token }));
  const settings = (ipv4Enabled: boolean) => ({ settings: { settingsVersion: '4', ipConfiguration: { ipv4Enabled } } });

  test('an instance without a public address is an error that says so', async () => {
    const io = fakeHostIO(() => json(settings(false)));
    await expect(source.add(address, mark, io)).rejects.toMatchObject({
      message: expect.stringContaining('no public address'),
    });
    expect(io.requests).toHaveLength(1);
  });

  test('an operation that failed is an error with its reason', async () => {
    const io = fakeHostIO(({ method, url }) => {
      if (url.includes('/operations/'))
        return json({ name: 'op', status: 'DONE', error: { errors: [{ message: 'quota' }] } });
      return method === 'PATCH' ? json({ name: 'op', status: 'PENDING' }) : json(settings(true));
    });
    const pending = await source.add(address, mark, io);
    await expect(pending?.(io)).rejects.toThrow('quota');
  });
});

describe('AWS', () => {
  const keys = { 'access-key-id': ['AKIA'], region: ['eu-central-1'] };

  test('without a region the error says where to write it', async () => {
    const group = securityGroup(
      'sg-0a1b2c3d',
      createHostInputs({ token, options: { 'access-key-id': ['AKIA'] } }),
      undefined,
    );
    await expect(group.list(fakeHostIO(() => answer(500)))).rejects.toMatchObject({
      hint: expect.stringContaining('region: '),
    });
  });

  test('without a port nothing is let in', async () => {
    const group = securityGroup('sg-0a1b2c3d', createHostInputs({ token, options: keys }), undefined);
    const io = fakeHostIO(() => answer(500));
    await expect(group.add(address, mark, io)).rejects.toMatchObject({ hint: 'Set database-url.' });
    expect(io.requests).toEqual([]);
  });

  test('a group that is not there has no empty list of rules', async () => {
    const group = securityGroup('sg-0a1b2c3d', createHostInputs({ token, options: keys }), undefined);
    const none = '<DescribeSecurityGroupRulesResponse><securityGroupRuleSet/></DescribeSecurityGroupRulesResponse>';
    const missing =
      '<Response><Errors><Error><Code>InvalidGroup.NotFound</Code><Message>not there</Message></Error></Errors></Response>';
    const io = fakeHostIO(({ body }) =>
      String(body).includes('SecurityGroupRules') ? answer(200, none) : answer(400, missing),
    );
    await expect(group.list(io)).rejects.toThrow('InvalidGroup.NotFound');
  });
});
