import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';

const noRollback = 'Upsun deploys what is pushed, and goes back to nothing; write a revert of the commit and push it';

function check({ service }: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  if (intent === 'rollback') return [{ input: 'service', message: noRollback }];
  if (service === undefined || /^[a-z0-9]+$/.test(service)) return [];
  return [
    { input: 'service', message: `"${service}" is not the id of a project; write it as in the console's address` },
  ];
}

export const upsun = {
  title: 'Upsun',
  page: 'hosts/upsun.md',
  migrations: {
    how: 'Put "python manage.py migrate" into the deploy hook of .upsun/config.yaml (hooks: deploy:).',
    files: [
      { path: '.upsun/config.yaml', says: /\bdeploy:[\s\S]*\bmigrate/ },
      { path: '.platform.app.yaml', says: /\bdeploy:[\s\S]*\bmigrate/ },
    ],
  },
  service: {
    meaning: 'the id of the project',
    example: 'abcdefgh12345',
    requiredFor: everyIntent,
  },
  token: {
    meaning: 'an API token',
    secretName: 'UPSUN_API_TOKEN',
    example: 'example-api-token',
    requiredFor: everyIntent,
  },
  options: [
    {
      name: 'environment',
      example: 'main',
      meaning: 'the environment of production; `main` where absent',
      check: (value) =>
        /^[\w.-]+$/.test(value) ? undefined : `"${value}" is not the id of an environment; write main, for example`,
    },
  ],
  files: ['.upsun/config.yaml', '.platform.app.yaml'],
  ways: [['service', 'host-token']],
  matches: ({ service, token, deployHook }) =>
    /^(?=[a-z0-9]*\d)[a-z0-9]{13,15}$/.test(service ?? '') && token !== undefined && deployHook === undefined,
  check,
  lacks: (capability) => (capability === 'rollback' ? noRollback : undefined),
  create: async (inputs) => (await import('./upsun-host.ts')).createUpsun(inputs),
} as const satisfies HostDefinition;
