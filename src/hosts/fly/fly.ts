import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';
import { imageMistakes } from '../contract/image.ts';
import { option } from '../contract/options.ts';

const noPreview =
  'flyctl deploys the app of fly.toml, which is production; write "image: registry.fly.io/APP:{sha}" into host-options';

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const { service, options } = inputs;
  const mistakes = imageMistakes(inputs, intent === 'preview');
  if (service !== undefined && !/^[a-z0-9][a-z0-9-]*$/.test(service)) {
    mistakes.push({
      input: 'service',
      message: `"${service}" is not the name of a Fly.io app; write it as in fly.toml`,
    });
  }
  if (intent === 'preview' && option(options, 'image') === undefined)
    mistakes.push({ input: 'host-options', message: noPreview });
  return mistakes;
}

export const fly = {
  title: 'Fly.io',
  page: 'hosts/fly.md',
  service: { meaning: 'the name of the app', example: 'harbour', requiredFor: everyIntent },
  token: {
    meaning: 'a deploy token, or a token of the organization for previews',
    secretName: 'FLY_API_TOKEN',
    example: 'FlyV1 fm2_example',
    requiredFor: everyIntent,
  },
  options: [
    {
      name: 'image',
      example: 'registry.fly.io/harbour:{sha}',
      meaning: 'the image of the commit, which the API puts on the machines; `{pr}` is the number in previews',
    },
    {
      name: 'directory',
      example: 'backend',
      meaning: 'without `image`: the folder with fly.toml, which flyctl builds; the root where absent',
      check: (value) =>
        value.startsWith('/') || value.split('/').includes('..')
          ? 'leads out of the repository; write backend, for example'
          : undefined,
    },
  ],
  files: ['fly.toml'],
  environ: ['GITHUB_WORKSPACE'],
  setsVariables: true,
  ways: [
    ['service', 'host-token', 'image'],
    ['service', 'host-token'],
  ],
  matches: ({ token }) => /^(FlyV1 )?f(m\d[ra]?|o1)_/.test(token?.reveal() ?? ''),
  check,
  lacks: (capability, inputs) =>
    capability === 'preview' && option(inputs.options, 'image') === undefined ? noPreview : undefined,
  create: async (inputs) => (await import('./fly-host.ts')).createFly(inputs),
} as const satisfies HostDefinition;
