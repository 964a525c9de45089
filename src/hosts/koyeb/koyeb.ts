import type { HostDefinition } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';

export const koyeb = {
  title: 'Koyeb',
  page: 'hosts/koyeb.md',
  service: {
    meaning: 'the id of the service, as it stands in the dashboard’s address',
    example: '5d0d2a3f-6b0e-4f0a-9c11-8c5a1f0f5f2f',
    requiredFor: everyIntent,
  },
  token: { meaning: 'an API access token of the organization', example: 'koyeb_example', requiredFor: everyIntent },
  options: [
    { name: 'clear-cache', example: 'true', meaning: 'build without Koyeb’s cache', choices: ['true', 'false'] },
    {
      name: 'preview-variable',
      example: 'SECRET_KEY',
      meaning: 'a secret variable of production that previews get as well',
      repeatable: true,
    },
  ],
  setsVariables: true,
  commitVariable: 'KOYEB_GIT_SHA',
  ways: [['service', 'host-token']],
  /** Neither its tokens nor its ids have a form of their own: `host: koyeb` has to be written. */
  files: ['koyeb.yaml', 'koyeb.yml'],
  matches: () => false,
  check: ({ service }) =>
    service === undefined || /^[\w-]+$/.test(service)
      ? []
      : [
          {
            input: 'service',
            message: `"${service}" is not the id of a Koyeb service; copy it from the dashboard’s address`,
          },
        ],
  lacks: () => undefined,
  create: async (inputs) => (await import('./koyeb-host.ts')).createKoyeb(inputs),
} as const satisfies HostDefinition;
