import type { HostDefinition } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';

/** DigitalOcean App Platform. */
export const digitalocean = {
  title: 'DigitalOcean',
  page: 'hosts/digitalocean.md',
  migrations: {
    how: 'Add a job of kind PRE_DEPLOY with run_command "python manage.py migrate" to the app spec: DigitalOcean runs it before a deployment, and a failure keeps the one before.',
    files: [
      { path: '.do/app.yaml', says: /kind:\s*PRE_DEPLOY[\s\S]*migrate|migrate[\s\S]*kind:\s*PRE_DEPLOY/ },
      { path: '.do/app.yml', says: /kind:\s*PRE_DEPLOY[\s\S]*migrate|migrate[\s\S]*kind:\s*PRE_DEPLOY/ },
    ],
  },
  service: {
    meaning: 'the id of the app, as it stands in the dashboard’s address',
    example: '4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf',
    requiredFor: everyIntent,
  },
  token: {
    meaning: 'a personal access token with the scopes of apps',
    example: 'dop_v1_example',
    requiredFor: everyIntent,
  },
  options: [
    {
      name: 'component',
      example: 'web',
      meaning: 'the component whose commit counts, where an app’s services come from several repositories',
    },
  ],
  setsVariables: true,
  collectsStatic: true,
  ways: [['service', 'host-token']],
  files: ['.do/app.yaml', '.do/app.yml', '.do/deploy.template.yaml'],
  matches: ({ token }) => /^do[opr]_v1_/.test(token?.reveal() ?? ''),
  check: ({ service }) =>
    service === undefined || /^[\w-]+$/.test(service)
      ? []
      : [
          {
            input: 'service',
            message: `"${service}" is not the id of a DigitalOcean app; copy it from the dashboard’s address`,
          },
        ],
  lacks: () => undefined,
  create: async (inputs) => (await import('./digitalocean-host.ts')).createDigitalOcean(inputs),
} as const satisfies HostDefinition;
