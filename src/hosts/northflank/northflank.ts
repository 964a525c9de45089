import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';

const noPreview =
  'Northflank makes previews by its own preview environments; set them up there, and write "host: none" for pull requests';

const check = (_inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] =>
  intent === 'preview' ? [{ input: 'service', message: noPreview }] : [];

export const northflank = {
  title: 'Northflank',
  page: 'hosts/northflank.md',
  migrations: {
    how: 'Put "python manage.py migrate" before the server into the start command, or into a job of a release flow.',
  },
  service: { meaning: 'the id of the combined service', example: 'harbour', requiredFor: everyIntent },
  token: { meaning: 'an API token of the team', example: 'nf-example', requiredFor: everyIntent },
  options: [
    {
      name: 'project',
      example: 'acme',
      meaning: 'the id of the project',
      required: true,
      check: (value) =>
        /^[a-z0-9-]+$/.test(value) ? undefined : `"${value}" is not an id; write it as in the dashboard's address`,
    },
  ],
  files: ['northflank.json'],
  setsVariables: true,
  ways: [['service', 'host-token', 'project']],
  matches: ({ token }) => token?.reveal().startsWith('nf-') ?? false,
  check,
  lacks: (capability) => (capability === 'preview' ? noPreview : undefined),
  create: async (inputs) => (await import('./northflank-host.ts')).createNorthflank(inputs),
} as const satisfies HostDefinition;
