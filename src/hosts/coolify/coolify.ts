import type { HostDefinition } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';

const yesOrNo = ['true', 'false'];

export const coolify = {
  title: 'Coolify',
  page: 'hosts/coolify.md',
  migrations: {
    how: 'Set "python manage.py migrate" as the pre-deployment command of the application.',
  },
  service: {
    meaning: 'the UUID of the application, as it stands last in the dashboard’s address',
    example: 'vgsco4o0sk4c8wcsk8kk0o8s',
    requiredFor: everyIntent,
  },
  token: {
    meaning: 'an API token with the permissions read, write and deploy',
    example: '3|exampleexampleexampleexampleexampleexample',
    requiredFor: everyIntent,
  },
  options: [
    {
      name: 'pin-commit',
      example: 'true',
      meaning:
        'set the application’s commit before each deploy, so that exactly it is deployed even where the branch moved on',
      choices: yesOrNo,
    },
    { name: 'clear-cache', example: 'true', meaning: 'build without Coolify’s cache', choices: yesOrNo },
  ],
  setsVariables: true,
  commitVariable: 'SOURCE_COMMIT',
  ways: [['service', 'host-token', 'api-url']],
  matches: ({ token }) => /^\d+\|[A-Za-z0-9]{40,}$/.test(token?.reveal() ?? ''),
  check: ({ service }) =>
    service === undefined || /^[\w-]+$/.test(service)
      ? []
      : [
          {
            input: 'service',
            message: `"${service}" is not the UUID of a Coolify application; copy the last part of its address`,
          },
        ],
  lacks: () => undefined,
  create: async (inputs) => (await import('./coolify-host.ts')).createCoolify(inputs),
} as const satisfies HostDefinition;
