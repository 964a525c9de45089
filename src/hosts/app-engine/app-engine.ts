import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';
import { googleEnviron } from '../google/google-token.ts';
import { serviceName } from './service-name.ts';

function check({ service }: HostInputs): Mistake[] {
  if (service === undefined || serviceName.test(service)) return [];
  return [
    {
      input: 'service',
      message: `"${service}" is not the full name of a service; write it like ${appEngine.service.example}`,
    },
  ];
}

export const appEngine = {
  title: 'Google App Engine',
  page: 'hosts/app-engine.md',
  service: {
    meaning: 'the full name of the service',
    example: 'apps/acme-shop/services/default',
    requiredFor: everyIntent,
  },
  token: {
    meaning: 'an access token, where google-github-actions/auth did not write credentials',
    example: 'ya29.example',
  },
  options: [
    {
      name: 'artifact-bucket',
      example: 'staging.acme-shop.appspot.com',
      meaning: 'the bucket of Cloud Storage for the source; the staging bucket of the project where absent',
    },
  ],
  files: ['app.yaml'],
  environ: googleEnviron,
  setsVariables: true,
  artifactFormat: 'zip',
  /** https://docs.cloud.google.com/appengine/docs/standard/python3/specifying-dependencies: requirements.txt before all others. */
  builds: { packages: ['requirements.txt'] },
  servesStatic: 'let a handler of app.yaml map STATIC_URL to the folder STATIC_ROOT (static_dir), above "url: .*"',
  ways: [['service'], ['service', 'host-token']],
  matches: ({ service }) => service !== undefined && serviceName.test(service),
  check,
  lacks: () => undefined,
  create: async (inputs) => (await import('./app-engine-host.ts')).createAppEngine(inputs),
} as const satisfies HostDefinition;
