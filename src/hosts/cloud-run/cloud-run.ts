import type { Mistake } from '../../core/mistake.ts';
import { imageOption } from '../contract/commit-image.ts';
import type { HostDefinition, HostInputs } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';
import { googleEnviron } from '../google/google-token.ts';

const serviceName =
  /^projects\/([a-z][a-z0-9-]{4,28}[a-z0-9])\/locations\/([a-z0-9-]+)\/services\/([a-z]([a-z0-9-]{0,47}[a-z0-9])?)$/;

function check({ service }: HostInputs): Mistake[] {
  if (service === undefined || serviceName.test(service)) return [];
  return [
    {
      input: 'service',
      message: `"${service}" is not the full name of a service; write it like ${cloudRun.service.example}`,
    },
  ];
}

export const cloudRun = {
  title: 'Google Cloud Run',
  page: 'hosts/cloud-run.md',
  service: {
    meaning: 'the full name of the service',
    example: 'projects/acme-shop/locations/europe-west1/services/shop',
    requiredFor: everyIntent,
  },
  token: {
    meaning: 'an access token, where google-github-actions/auth did not write credentials',
    example: 'ya29.example',
  },
  options: [
    imageOption,
    {
      name: 'container',
      example: 'web',
      meaning: 'the container that runs Django; the one with a port where absent',
    },
  ],
  files: ['service.yaml', 'cloudrun.yaml', 'cloudbuild.yaml'],
  environ: googleEnviron,
  setsVariables: true,
  ways: [
    ['service', 'image'],
    ['service', 'image', 'host-token'],
  ],
  matches: ({ service }) => service !== undefined && serviceName.test(service),
  check,
  lacks: () => undefined,
  create: async (inputs) => (await import('./cloud-run-host.ts')).createCloudRun(inputs),
} as const satisfies HostDefinition;
