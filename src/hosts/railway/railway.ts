import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';
import { imageMistakes } from '../contract/image.ts';
import { option } from '../contract/options.ts';

const isProjectToken = ({ options }: HostInputs): boolean => option(options, 'token-type') === 'project';

const noPreview =
  'a project token reaches one environment only; set an account or workspace token as host-token, and leave token-type out';

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const mistakes = imageMistakes(inputs, intent === 'preview');
  const missing = ['project', 'environment'].filter((name) => option(inputs.options, name) === undefined);
  if (missing.length > 0 && !isProjectToken(inputs)) {
    const message = `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing; write the ids out of the dashboard's address (railway.com/project/ID/service/ID?environmentId=ID), or use a project token with "token-type: project"`;
    mistakes.push({ input: 'host-options', message });
  }
  if (intent === 'preview' && isProjectToken(inputs)) mistakes.push({ input: 'host-token', message: noPreview });
  return mistakes;
}

export const railway = {
  title: 'Railway',
  page: 'hosts/railway.md',
  migrations: {
    how: 'Set "python manage.py migrate" as the pre-deploy command of the service, or preDeployCommand in railway.json.',
    files: [
      { path: 'railway.json', says: /"preDeployCommand"\s*:[^\n]*\bmigrate/ },
      { path: 'railway.toml', says: /preDeployCommand\s*=.*\bmigrate/ },
    ],
  },
  service: {
    meaning: 'the id of the service, from the dashboard’s address',
    example: '2f0b3c6e-8a4d-4f5e-9b1a-7c6d5e4f3a2b',
    requiredFor: everyIntent,
  },
  token: {
    meaning: 'an account, workspace or project token',
    example: '6e1f2d3c-4b5a-4978-8695-a4b3c2d1e0f9',
    requiredFor: everyIntent,
  },
  options: [
    {
      name: 'project',
      example: 'b1c2d3e4-f5a6-4788-99aa-bbccddeeff00',
      meaning: 'the id of the project; a project token knows it',
    },
    {
      name: 'environment',
      example: '0a1b2c3d-4e5f-4a6b-8c7d-9e8f7a6b5c4d',
      meaning: 'the id of the environment; a project token knows it',
    },
    {
      name: 'token-type',
      example: 'project',
      meaning: '`account`, `workspace` or `project`; `account` where absent',
      choices: ['account', 'workspace', 'project'],
    },
    {
      name: 'image',
      example: 'ghcr.io/acme/shop:{sha}',
      meaning: 'the image of the commit, for a service that runs an image; `{pr}` is the number in previews',
    },
  ],
  files: ['railway.json', 'railway.toml'],
  setsVariables: true,
  ways: [
    ['service', 'host-token', 'project', 'environment'],
    ['service', 'host-token', 'token-type'],
  ],
  matches: ({ service, options }) =>
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(service ?? '') &&
    (option(options, 'environment') !== undefined || option(options, 'token-type') !== undefined),
  check,
  lacks: (capability, inputs) => (capability === 'preview' && isProjectToken(inputs) ? noPreview : undefined),
  create: async (inputs) => (await import('./railway-host.ts')).createRailway(inputs),
} as const satisfies HostDefinition;
