import type { Mistake } from '../../core/mistake.ts';
import { awsEnviron, checkKeys, keyOption } from '../aws/aws-credentials.ts';
import type { HostDefinition, HostInputs } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';
import { option } from '../contract/options.ts';

const region = /^[a-z]{2}(-[a-z]+)+-\d$/;

function check(inputs: HostInputs): Mistake[] {
  const mistakes: Mistake[] = [];
  const { service } = inputs;
  // Four to 40 letters, numbers and hyphens: the limit of CreateEnvironment.
  if (service !== undefined && !/^[A-Za-z0-9][A-Za-z0-9-]{2,38}[A-Za-z0-9]$/.test(service))
    mistakes.push({
      input: 'service',
      message: `"${service}" is not the name of an environment; write it as the console shows it, for example shop-prod`,
    });
  const keys = checkKeys(inputs);
  if (keys) mistakes.push({ input: inputs.token ? 'host-options' : 'host-token', message: keys });
  return mistakes;
}

export const elasticBeanstalk = {
  title: 'Elastic Beanstalk',
  page: 'hosts/elastic-beanstalk.md',
  migrations: {
    how: 'Put "python manage.py migrate" into container_commands with "leader_only: true", in a file of .ebextensions: Elastic Beanstalk runs it before it switches over.',
  },
  service: {
    meaning: 'the name of the environment',
    example: 'shop-prod',
    requiredFor: everyIntent,
  },
  token: {
    meaning: 'a secret access key, where no role gives credentials',
    secretName: 'AWS_SECRET_ACCESS_KEY',
    example: 'wJalrXUtnFEMI/K7MDENG/example',
  },
  options: [
    { name: 'application', example: 'shop', meaning: 'the application of the environment', required: true },
    {
      name: 'region',
      example: 'eu-central-1',
      meaning: 'its region; AWS_REGION where absent',
      check: (value) => (region.test(value) ? undefined : `"${value}" is not a region; write it like eu-central-1`),
    },
    keyOption,
    {
      name: 'artifact-bucket',
      example: 'shop-releases',
      meaning:
        'the bucket for source bundles, in the same region; the one that Elastic Beanstalk keeps for the region where absent',
    },
  ],
  files: ['.elasticbeanstalk/config.yml', '.elasticbeanstalk/config.global.yml'],
  environ: awsEnviron,
  setsVariables: true,
  artifactFormat: 'zip',
  /**
   * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/python-configuration-requirements.html and
   * …/python-configuration-procfile.html
   */
  builds: {
    packages: ['requirements.txt', 'Pipfile.lock'],
    start: {
      files: ['Procfile', '.ebextensions', 'application.py'],
      without: 'Elastic Beanstalk runs a module called "application" without one, unless its WSGIPath names another',
      line: 'web: {server}',
      port: '8000',
    },
  },
  servesStatic:
    'map STATIC_URL to the folder STATIC_ROOT in .ebextensions (aws:elasticbeanstalk:environment:proxy:staticfiles)',
  ways: [
    ['service', 'application', 'region', 'host-token', 'access-key-id'],
    ['service', 'application', 'region'],
  ],
  matches: ({ options }) => option(options, 'application') !== undefined,
  check,
  lacks: () => undefined,
  create: async (inputs) => (await import('./elastic-beanstalk-host.ts')).createElasticBeanstalk(inputs),
} as const satisfies HostDefinition;
