import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';
import { imageMistakes } from '../contract/image.ts';
import { checkCredentialUrl, option } from '../contract/options.ts';

const isAppToken = ({ options }: HostInputs): boolean => option(options, 'token-type') === 'app';

const lack = (capability: 'preview' | 'rollback') =>
  `an app token does nothing but deploy, so there is no ${capability}; set the password as host-token and "token-type: password"`;

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const mistakes = imageMistakes(inputs, intent === 'preview');
  if (isAppToken(inputs) && intent !== 'deploy') mistakes.push({ input: 'host-token', message: lack(intent) });
  if (isAppToken(inputs) && option(inputs.options, 'image') !== undefined) {
    const message = 'an app token is used to send the artifact; leave image out, or write "token-type: password"';
    mistakes.push({ input: 'host-options', message });
  }
  return mistakes;
}

const kinds = ['password', 'app'];

export const caprover = {
  title: 'CapRover',
  page: 'hosts/caprover.md',
  service: { meaning: 'the name of the app', example: 'harbour', requiredFor: everyIntent },
  token: {
    meaning: 'the password of the dashboard, or the app’s own token',
    secretName: 'CAPROVER_PASSWORD',
    example: 'example-password',
    requiredFor: everyIntent,
  },
  options: [
    {
      name: 'api-url',
      example: 'https://captain.apps.example.com',
      meaning: 'the address of your CapRover',
      required: true,
      check: (value) => checkCredentialUrl('host-options', value)[0]?.message,
    },
    {
      name: 'token-type',
      example: 'password',
      meaning: '`password` of the dashboard, or `app` for a token of the app alone; `password` where absent',
      choices: kinds,
    },
    {
      name: 'image',
      example: 'ghcr.io/acme/shop:{sha}',
      meaning: 'with the password: the image of the commit instead of the artifact; `{pr}` is the number in previews',
    },
  ],
  files: ['captain-definition'],
  artifactFormat: 'tar.gz',
  /** https://caprover.com/docs/captain-definition-file.html: what is in the image is the Dockerfile's. */
  builds: {
    packages: [],
    start: {
      files: ['captain-definition'],
      without: 'CapRover builds nothing without one',
      line: '{"schemaVersion": 2, "dockerfilePath": "./Dockerfile"}',
      unless: 'image',
    },
  },
  setsVariables: true,
  ways: [
    ['service', 'host-token', 'api-url', 'token-type'],
    ['service', 'host-token', 'api-url'],
  ],
  matches: ({ options }) =>
    /^https:\/\/captain\./.test(option(options, 'api-url') ?? '') ||
    kinds.includes(option(options, 'token-type') ?? ''),
  check,
  lacks: (capability, inputs) => (isAppToken(inputs) ? lack(capability) : undefined),
  create: async (inputs) => (await import('./caprover-host.ts')).createCaprover(inputs),
} as const satisfies HostDefinition;
