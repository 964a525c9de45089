import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import type { Endpoint } from '../../core/ports.ts';
import { awsApi } from '../../hosts/aws/aws-api.ts';
import { shaped } from '../../hosts/aws/aws-json.ts';
import { readXml } from '../../hosts/aws/aws-query.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../../hosts/contract/host.ts';
import { option } from '../../hosts/contract/options.ts';
import { type IpAddress, networkOf } from './ip-address.ts';
import type { TrustedSource } from './trusted-source.ts';

const text = v.nullish(v.string());
const ruleSchema = v.object({
  securityGroupRuleId: v.string(),
  isEgress: text,
  ipProtocol: text,
  fromPort: text,
  toPort: text,
  cidrIpv4: text,
  cidrIpv6: text,
  description: text,
});
// An empty element is text.
const listSchema = v.object({
  securityGroupRuleSet: v.union([v.array(ruleSchema), v.literal('')]),
  nextToken: text,
});
type Rule = v.InferOutput<typeof ruleSchema>;

const version = '2016-11-15';
/** Codes of HTTP 400 after which the same change succeeds, once the rules were read again: another run was faster. */
const overtaken = /\((InvalidPermission\.Duplicate|InvalidSecurityGroupRuleId\.NotFound)\b/;

/** Where the region of a security group is named. */
function regionOf({ options }: HostInputs, io: HostIO): string {
  const region = option(options, 'region') ?? io.environ('AWS_REGION') ?? io.environ('AWS_DEFAULT_REGION');
  if (region) return region;
  throw new DeployError('INVALID_INPUTS', 'The region of the security group is not known.', {
    hint: 'Write "region: eu-central-1" into host-options, or set AWS_REGION.',
  });
}

const networkOfRule = ({ cidrIpv4, cidrIpv6 }: Rule): string | undefined => cidrIpv4 || cidrIpv6 || undefined;

function covers({ ipProtocol, fromPort, toPort }: Rule, port: number): boolean {
  return ipProtocol === '-1' || (ipProtocol === 'tcp' && Number(fromPort) <= port && port <= Number(toPort));
}

/**
 * The inbound rules of a security group: https://docs.aws.amazon.com/AWSEC2/latest/APIReference. Each rule is changed by itself.
 * A group takes a protocol, ports and a network once, so that two runs behind one address have rules that differ in the
 * last port: 5432-5432, 5432-5433.
 */
export function securityGroup(group: string, inputs: HostInputs, database: Endpoint | undefined): TrustedSource {
  let made: ReturnType<typeof awsApi> | undefined;

  async function ask<const S extends v.GenericSchema>(
    what: string,
    action: string,
    parameters: Readonly<Record<string, string>>,
    schema: S,
    io: HostIO,
  ): Promise<v.InferOutput<S>> {
    made ??= awsApi(inputs, 'ec2', regionOf(inputs, io));
    const body = new URLSearchParams({ Action: action, Version: version, ...parameters }).toString();
    const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
    try {
      const answer = await made.call({ what, contentType, body }, io);
      const read = await readXml(new TextDecoder().decode(answer.body));
      return shaped(what, read?.[`${action}Response`], schema);
    } catch (error) {
      if (!(error instanceof HostAnswerError) || !overtaken.test(error.message)) throw error;
      throw new HostAnswerError(error.message, 409);
    }
  }

  async function rules(io: HostIO): Promise<Rule[]> {
    const found: Rule[] = [];
    let token: string | null | undefined;
    do {
      const parameters = {
        'Filter.1.Name': 'group-id',
        'Filter.1.Value.1': group,
        ...(token ? { NextToken: token } : {}),
      };
      const page = await ask(
        'the rules of the security group',
        'DescribeSecurityGroupRules',
        parameters,
        listSchema,
        io,
      );
      found.push(...(page.securityGroupRuleSet || []));
      token = page.nextToken;
    } while (token);
    return found.filter(({ isEgress }) => isEgress !== 'true');
  }

  function permission(address: IpAddress, port: number, all: readonly Rule[], mark: string): Record<string, string> {
    const network = networkOf(address);
    const taken = all
      .filter((rule) => networkOfRule(rule) === network && rule.fromPort === String(port))
      .map(({ toPort }) => Number(toPort));
    let last = port;
    while (taken.includes(last)) last += 1;
    const range = address.family === 4 ? ['IpRanges', 'CidrIp'] : ['Ipv6Ranges', 'CidrIpv6'];
    return {
      'IpPermissions.1.IpProtocol': 'tcp',
      'IpPermissions.1.FromPort': String(port),
      'IpPermissions.1.ToPort': String(last),
      [`IpPermissions.1.${range[0]}.1.${range[1]}`]: network,
      [`IpPermissions.1.${range[0]}.1.Description`]: mark,
    };
  }

  return {
    async list(io) {
      const found = await rules(io);
      // What the filter does not find has no rules at all; a group that is not there is told apart by asking for it.
      if (found.length === 0)
        await ask('the security group', 'DescribeSecurityGroups', { 'GroupId.1': group }, v.looseObject({}), io);
      return {
        rules: found.map((rule) => ({
          network: database && covers(rule, database.port) ? networkOfRule(rule) : undefined,
          label: rule.description ?? '',
        })),
      };
    },
    async add(address, mark, io) {
      if (!database)
        throw new DeployError('INVALID_INPUTS', 'The port of the database is not known, which the rule has to name.', {
          hint: 'Set database-url.',
        });
      const all = await rules(io);
      const network = networkOf(address);
      if (all.some((rule) => rule.description === mark && networkOfRule(rule) === network)) return undefined;
      const parameters = { GroupId: group, ...permission(address, database.port, all, mark) };
      await ask("the security group's new rule", 'AuthorizeSecurityGroupIngress', parameters, v.looseObject({}), io);
      return undefined;
    },
    async remove(mark, io) {
      const ids = (await rules(io)).filter(({ description }) => description === mark);
      if (ids.length === 0) return undefined;
      const numbered = ids.map(({ securityGroupRuleId }, at) => [`SecurityGroupRuleId.${at + 1}`, securityGroupRuleId]);
      const parameters = { GroupId: group, ...(Object.fromEntries(numbered) as Record<string, string>) };
      await ask("the security group's rule", 'RevokeSecurityGroupIngress', parameters, v.looseObject({}), io);
      return undefined;
    },
  };
}
