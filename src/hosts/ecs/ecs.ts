import type { Mistake } from '../../core/mistake.ts';
import { awsEnviron, checkKeys, keyOption } from '../aws/aws-credentials.ts';
import { imageOption } from '../contract/commit-image.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';
import { option } from '../contract/options.ts';
import { serviceArn } from './service-arn.ts';

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const mistakes: Mistake[] = [];
  const { service } = inputs;
  if (service !== undefined && !serviceArn.test(service))
    mistakes.push({
      input: 'service',
      message: `"${service}" is not the ARN of a service; write it like ${ecs.service.example}`,
    });
  const keys = checkKeys(inputs);
  if (keys) mistakes.push({ input: inputs.token ? 'host-options' : 'host-token', message: keys });
  const missing = intent === 'preview' ? lacks(intent, inputs) : undefined;
  if (missing) mistakes.push({ input: 'host-options', message: missing });
  return mistakes;
}

function lacks(capability: 'preview' | 'rollback', { options }: HostInputs): string | undefined {
  if (capability === 'rollback' || option(options, 'mode') === 'express') return undefined;
  return 'a preview needs an address, which only Express Mode gives to a service; write "mode: express"';
}

export const ecs = {
  title: 'Amazon ECS',
  page: 'hosts/ecs.md',
  service: {
    meaning: 'the ARN of the service',
    example: 'arn:aws:ecs:eu-central-1:123456789012:service/default/shop',
    requiredFor: everyIntent,
  },
  token: {
    meaning: 'a secret access key, where no role gives credentials',
    secretName: 'AWS_SECRET_ACCESS_KEY',
    example: 'wJalrXUtnFEMI/K7MDENG/example',
  },
  options: [
    imageOption,
    {
      name: 'mode',
      example: 'express',
      meaning: '`express` for a service of ECS Express Mode',
      choices: ['express', 'standard'],
    },
    {
      name: 'container',
      example: 'web',
      meaning: 'the container that runs Django; the first essential one where absent, or `Main` in Express Mode',
    },
    keyOption,
  ],
  files: ['task-definition.json', 'ecs-params.yml', 'copilot/.workspace'],
  environ: awsEnviron,
  setsVariables: true,
  ways: [
    ['service', 'image', 'mode', 'host-token', 'access-key-id'],
    ['service', 'image', 'mode'],
    ['service', 'image'],
  ],
  matches: ({ service }) => service !== undefined && serviceArn.test(service),
  check,
  lacks,
  create: async (inputs) => (await import('./ecs-host.ts')).createEcs(inputs),
} as const satisfies HostDefinition;
