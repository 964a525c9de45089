import type { BucketServer } from '../../../demo/parts/bucket.ts';
import { awsKeys, awsRegion } from '../../support/hosts/aws.ts';
import { server, startAzure } from '../../support/trusted-sources/azure.ts';
import { instance, project, startCloudSql } from '../../support/trusted-sources/cloud-sql.ts';
import { cluster, startFirewall } from '../../support/trusted-sources/digitalocean.ts';
import { postgres, startAllowList } from '../../support/trusted-sources/render.ts';
import { startSecurityGroup } from '../../support/trusted-sources/security-group.ts';
import { type SourceEmulator, sourceToken } from '../../support/trusted-sources/source-emulator.ts';

/** One vendor of trusted sources: how it is started, and what the inputs are. */
export interface SourceSubject {
  readonly name: string;
  start(moto: () => Promise<BucketServer>): Promise<{ readonly emulator: SourceEmulator; readonly source: string }>;
  readonly token: string;
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly ipv6: boolean;
  /** Its rules are sent as a whole list, so that one run's change can undo that of another. */
  readonly wholeList: boolean;
  /** A right that the error of HTTP 403 names. */
  readonly right: string;
}

const plain = { token: sourceToken, options: {}, ipv6: false, wholeList: true };

export const sourceSubjects: readonly SourceSubject[] = [
  {
    ...plain,
    name: 'DigitalOcean',
    start: async () => ({ emulator: await startFirewall(), source: `digitalocean:${cluster}` }),
    right: 'database:update',
  },
  {
    ...plain,
    name: 'Render',
    start: async () => ({ emulator: await startAllowList(), source: `render:${postgres}` }),
    right: 'an API key',
  },
  {
    name: 'an AWS security group at moto',
    async start(moto) {
      const emulator = await startSecurityGroup(await moto());
      return { emulator, source: `rds:${emulator.group}` };
    },
    token: awsKeys.secret,
    options: { 'access-key-id': [awsKeys.id], region: [awsRegion] },
    ipv6: true,
    wholeList: false,
    right: 'ec2:AuthorizeSecurityGroupIngress',
  },
  ...(['PostgreSQL', 'MySQL'] as const).map((provider) => ({
    ...plain,
    wholeList: false,
    name: `Azure, ${provider}`,
    start: async () => ({ emulator: await startAzure(provider), source: `azure:${server(provider)}` }),
    right: 'firewallRules/read, write and delete',
  })),
  {
    ...plain,
    name: 'Cloud SQL',
    start: async () => ({ emulator: await startCloudSql(), source: `cloud-sql:${project}:${instance}` }),
    right: 'cloudsql.instances.update',
  },
];
