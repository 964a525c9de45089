import { looksLikeProfile } from '../../hosts/app-service/publish-profile.ts';
import { keyOption } from '../../hosts/aws/aws-credentials.ts';
import type { HostOption } from '../../hosts/contract/host-option.ts';
import { checkCredentialUrl } from '../../hosts/contract/options.ts';
import { instanceOf } from './source-name.ts';
import type { TrustedSourceDefinition } from './trusted-source.ts';

const guid = (value: string): string | undefined =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? undefined
    : `"${value}" is not an id; write it like 00000000-0000-0000-0000-000000000000`;

/** Options that every trusted source has. */
export const sharedOptions: readonly HostOption[] = [
  {
    name: 'ip-service',
    example: 'https://checkip.amazonaws.com',
    meaning: 'what tells the address of this runner, as plain text',
    check: (value) => checkCredentialUrl('host-options', value)[0]?.message.replace('the credential', 'the answer'),
  },
  {
    name: 'api-url',
    example: 'https://proxy.example.com',
    meaning: 'another address of the vendor’s API',
    check: (value) => checkCredentialUrl('host-options', value)[0]?.message,
  },
];

/** Every vendor by the word that the input trusted-source begins with. */
export const trustedSources: Readonly<Record<string, TrustedSourceDefinition>> = {
  digitalocean: {
    title: 'DigitalOcean',
    rules: 'the trusted sources of the database cluster',
    rights: 'the scopes database:read and database:update',
    hosts: ['digitalocean'],
    token: 'an API token with database:read and database:update',
    options: [],
    settle: 3_000,
    byHand: (cluster) =>
      `doctl databases firewalls list ${cluster}, then doctl databases firewalls remove ${cluster} --uuid with the id of that rule`,
    create: async (cluster, inputs) =>
      (await import('./digitalocean-firewall.ts')).digitalOceanFirewall(cluster, inputs),
  },
  render: {
    title: 'Render',
    rules: 'the inbound IP rules of the Postgres',
    rights: 'an API key of a member of the workspace who may change the Postgres',
    hosts: ['render'],
    token: 'an API key of the workspace',
    options: [],
    settle: 3_000,
    byHand: (postgres) => `https://dashboard.render.com/d/${postgres}, under Networking`,
    create: async (postgres, inputs) => (await import('./render-allow-list.ts')).renderAllowList(postgres, inputs),
  },
  rds: {
    title: 'AWS',
    rules: 'the inbound rules of the security group',
    rights:
      'ec2:DescribeSecurityGroups, ec2:DescribeSecurityGroupRules, ec2:AuthorizeSecurityGroupIngress and ec2:RevokeSecurityGroupIngress',
    ipv6: true,
    hosts: ['ecs', 'elastic-beanstalk'],
    takesToken: (_token, options) => options['access-key-id'] !== undefined,
    options: [
      { name: 'region', example: 'eu-central-1', meaning: 'the region of the security group; AWS_REGION where absent' },
      keyOption,
    ],
    byHand: (group, mark) =>
      `aws ec2 describe-security-group-rules --filters Name=group-id,Values=${group} --query "SecurityGroupRules[?Description=='${mark}'].SecurityGroupRuleId", then aws ec2 revoke-security-group-ingress --group-id ${group} --security-group-rule-ids with that id`,
    create: async (group, inputs, database) =>
      (await import('./security-group.ts')).securityGroup(group, inputs, database),
  },
  azure: {
    title: 'Azure',
    rules: 'the firewall rules of the server',
    rights: 'flexibleServers/firewallRules/read, write and delete, at the server',
    hosts: ['app-service'],
    takesToken: (token) => !looksLikeProfile(token.reveal()),
    options: [
      {
        name: 'client-id',
        example: '11111111-1111-1111-1111-111111111111',
        meaning: 'the client id of the federated identity; AZURE_CLIENT_ID where absent',
        check: guid,
      },
      {
        name: 'tenant-id',
        example: '22222222-2222-2222-2222-222222222222',
        meaning: 'its tenant; AZURE_TENANT_ID where absent',
        check: guid,
      },
    ],
    byHand: (server, mark) => `az resource delete --ids ${server}/firewallRules/${mark}`,
    create: async (server, inputs) => (await import('./azure-firewall.ts')).azureFirewall(server, inputs),
  },
  'cloud-sql': {
    title: 'Google Cloud SQL',
    rules: 'the authorized networks of the instance',
    rights: 'cloudsql.instances.get and cloudsql.instances.update',
    hosts: ['cloud-run', 'app-engine'],
    options: [],
    settle: 3_000,
    byHand(id) {
      const { project, instance } = instanceOf(id);
      return `https://console.cloud.google.com/sql/instances/${instance}/connections/networking?project=${project}`;
    },
    create: async (instance, inputs) => (await import('./cloud-sql.ts')).cloudSql(instance, inputs),
  },
};
