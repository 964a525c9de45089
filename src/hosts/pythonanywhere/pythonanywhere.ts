import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';
import { userOf } from './pythonanywhere-user.ts';

const noPreview =
  'PythonAnywhere has one web app for each domain that you own, so it has no previews; write "host: none" for pull requests';

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const { service } = inputs;
  if (intent === 'preview') return [{ input: 'service', message: noPreview }];
  if (service === undefined) return [];
  if (!/^[a-z0-9.-]+\.[a-z]+$/.test(service))
    return [
      { input: 'service', message: `"${service}" is not a domain; write harbour.pythonanywhere.com, for example` },
    ];
  if (userOf(inputs) !== undefined) return [];
  return [{ input: 'host-options', message: 'the domain does not name your account; write "user: NAME"' }];
}

export const pythonanywhere = {
  title: 'PythonAnywhere',
  page: 'hosts/pythonanywhere.md',
  service: { meaning: 'the domain of the web app', example: 'harbour.pythonanywhere.com', requiredFor: everyIntent },
  token: {
    meaning: 'the API token of your account',
    example: '0123456789abcdef0123456789abcdef01234567',
    requiredFor: everyIntent,
  },
  options: [
    { name: 'user', example: 'harbour', meaning: 'your account, where the domain is your own' },
    {
      name: 'directory',
      example: '/home/harbour/deploy',
      meaning: 'the folder of the releases; `/home/<user>/deploy` where absent',
      check: (value) =>
        /^\/home\/[\w./-]+$/.test(value)
          ? undefined
          : `"${value}" is not a folder below /home; write /home/harbour/deploy, for example`,
    },
    { name: 'region', example: 'eu', meaning: '`us` or `eu`; `us` where absent', choices: ['us', 'eu'] },
  ],
  artifactFormat: 'tar.gz',
  servesStatic: 'map STATIC_URL to the folder STATIC_ROOT under Web, Static files',
  ways: [['service', 'host-token']],
  matches: ({ service }) => service?.endsWith('.pythonanywhere.com') ?? false,
  check,
  lacks: (capability) => (capability === 'preview' ? noPreview : undefined),
  create: async (inputs) => (await import('./pythonanywhere-host.ts')).createPythonanywhere(inputs),
} as const satisfies HostDefinition;
