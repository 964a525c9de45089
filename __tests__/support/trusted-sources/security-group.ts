import type { BucketServer } from '../../../demo/parts/bucket.ts';
import { readXml } from '../../../src/hosts/aws/aws-query.ts';
import { awsKeys, awsRegion } from '../hosts/aws.ts';
import { type HeldRule, type SourceEmulator, startSource } from './source-emulator.ts';

export const databasePort = 5432;

interface Rule {
  readonly securityGroupRuleId: string;
  readonly isEgress: string;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly description?: string;
}

/** One request to moto, which checks no signature but reads region and service out of it. */
async function ask(moto: BucketServer, parameters: Record<string, string>): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${awsKeys.id}/20260301/${awsRegion}/ec2/aws4_request, SignedHeaders=host, Signature=0`;
  const body = new URLSearchParams({ Version: '2016-11-15', ...parameters });
  const answer = await fetch(`${moto.endpoint}/`, { method: 'POST', headers: { authorization }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`moto: ${answer.status} ${text}`);
  return text;
}

const ingress = (group: string, network: string, description: string, port = databasePort) => ({
  Action: 'AuthorizeSecurityGroupIngress',
  GroupId: group,
  'IpPermissions.1.IpProtocol': 'tcp',
  'IpPermissions.1.FromPort': String(port),
  'IpPermissions.1.ToPort': String(port),
  'IpPermissions.1.IpRanges.1.CidrIp': network,
  'IpPermissions.1.IpRanges.1.Description': description,
});

/** A new security group at moto, through a server that can put faults before it. Its id is the database's. */
export async function startSecurityGroup(moto: BucketServer): Promise<SourceEmulator & { readonly group: string }> {
  const name = `db-${Math.random().toString(36).slice(2)}`;
  const made = await ask(moto, { Action: 'CreateSecurityGroup', GroupName: name, GroupDescription: 'database' });
  const group = /<groupId>([^<]+)/.exec(made)?.[1] ?? '';
  await ask(moto, ingress(group, '198.51.100.7/32', 'the office'));
  await ask(moto, ingress(group, '192.0.2.0/28', 'partner'));
  // Of another port: it lets nobody in to the database.
  await ask(moto, ingress(group, '203.0.113.0/24', 'web', 443));
  const rules = async (): Promise<HeldRule[]> => {
    const text = await ask(moto, {
      Action: 'DescribeSecurityGroupRules',
      'Filter.1.Name': 'group-id',
      'Filter.1.Value.1': group,
    });
    const read = (await readXml(text))?.DescribeSecurityGroupRulesResponse as unknown as {
      securityGroupRuleSet: readonly Rule[];
    };
    return read.securityGroupRuleSet
      .filter(({ isEgress }) => isEgress !== 'true')
      .map((raw) => ({ network: raw.cidrIpv4 || raw.cidrIpv6 || undefined, label: raw.description ?? '', raw }));
  };
  const emulator = await startSource({
    async answer({ method, path, headers, body }) {
      const { authorization = '', 'content-type': type = '', 'x-amz-date': date = '' } = headers;
      const sent = { authorization, 'content-type': type, 'x-amz-date': String(date) };
      const answer = await fetch(`${moto.endpoint}${path}`, { method, headers: sent, body });
      return { status: answer.status, headers: { 'content-type': 'text/xml' }, body: await answer.text() };
    },
    rules,
    put: async (network, description) => void (await ask(moto, ingress(group, `${network}/32`, description))),
  });
  return Object.assign(emulator, { group });
}
