import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { looksLikeProfile, profileSecrets, readProfile } from './publish-profile.ts';

const siteId =
  /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.Web\/sites\/([A-Za-z0-9-]{2,60})$/i;

const guid = (value: string): string | undefined =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? undefined
    : `"${value}" is not an id; write it like 00000000-0000-0000-0000-000000000000`;
const slot = (value: string): string | undefined =>
  /^[A-Za-z0-9-]{1,59}$/.test(value) ? undefined : `"${value}" is not the name of a slot; write it like staging`;

/** With a profile alone the site is reached, and nothing around it. */
const hasProfile = ({ token }: HostInputs): boolean => token !== undefined && looksLikeProfile(token.reveal());

function lacks(capability: 'preview' | 'rollback', inputs: HostInputs): string | undefined {
  if (hasProfile(inputs))
    return 'a publish profile reaches one site and makes no slots; set service and client-id instead';
  if (capability === 'preview' || option(inputs.options, 'swap') === 'true') return undefined;
  return 'App Service goes back by swapping slots; write "slot: staging" and "swap: true", by which releases go live then';
}

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const { service, token, options } = inputs;
  const mistakes: Mistake[] = [];
  const add = (input: string, message: string) => mistakes.push({ input, message });
  if (hasProfile(inputs)) {
    if (!readProfile(token?.reveal() ?? ''))
      add(
        'host-token',
        'is a publish profile without a ZipDeploy or MSDeploy entry; download it again from the Overview of the app',
      );
    for (const name of ['slot', 'swap'])
      if (option(options, name))
        add('host-options', `${name} needs service; a publish profile is of one slot already, so leave ${name} out`);
  } else if (service === undefined) {
    add(
      'service',
      `is empty; write the resource id of the app, for example ${azureAppService.service.example}, or pass a publish profile as host-token`,
    );
  } else if (!siteId.test(service)) {
    add('service', `"${service}" is not the resource id of an app; write it like ${azureAppService.service.example}`);
  }
  if (option(options, 'swap') === 'true' && !option(options, 'slot'))
    add('host-options', 'swap needs the slot to swap with production; write "slot: staging"');
  if (intent !== 'deploy') {
    const missing = lacks(intent, inputs);
    if (missing) add('host-options', missing);
  }
  return mistakes;
}

export const azureAppService = {
  title: 'Azure App Service',
  page: 'hosts/app-service.md',
  migrations: {
    how: 'Put "python manage.py migrate" before the server into the startup command: App Service has no phase of its own, so that it runs at each start of each instance.',
  },
  service: {
    meaning: 'the resource id of the app',
    example:
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acme/providers/Microsoft.Web/sites/shop',
  },
  token: {
    meaning: 'a publish profile, or an access token where no federated identity gives one',
    secretName: 'AZURE_WEBAPP_PUBLISH_PROFILE',
    example:
      '<publishData><publishProfile publishMethod="ZipDeploy" publishUrl="shop.scm.azurewebsites.net:443" userName="$shop" userPWD="example-password" destinationAppUrl="http://shop.azurewebsites.net" /></publishData>',
  },
  options: [
    {
      name: 'client-id',
      example: '11111111-1111-1111-1111-111111111111',
      meaning: 'the client id of the federated identity; AZURE_CLIENT_ID where absent',
      check: guid,
    },
    {
      name: 'tenant-id',
      example: '22222222-2222-2222-2222-222222222222',
      meaning: 'its tenant; AZURE_TENANT_ID where absent',
      check: guid,
    },
    { name: 'slot', example: 'staging', meaning: 'the slot to deploy to; production where absent', check: slot },
    {
      name: 'swap',
      example: 'true',
      meaning: 'each release is deployed to `slot` and then swapped with production; a rollback swaps them back',
      choices: ['true', 'false'],
    },
  ],
  environ: ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
  files: ['azure.yaml', 'azure.yml', '.deployment'],
  setsVariables: true,
  artifactFormat: 'zip',
  /** https://learn.microsoft.com/azure/app-service/configure-language-python: it finds the WSGI module of a Django project by itself. */
  builds: { packages: ['requirements.txt'] },
  collectsStatic: true,
  ways: [['service', 'client-id', 'tenant-id'], ['service', 'client-id', 'tenant-id', 'slot', 'swap'], ['host-token']],
  matches: (inputs) => hasProfile(inputs) || (inputs.service !== undefined && siteId.test(inputs.service)),
  check,
  lacks,
  secrets: ({ token }) => (token === undefined ? [] : profileSecrets(token.reveal())),
  create: async (inputs) => (await import('./app-service-host.ts')).createAzureAppService(inputs),
} as const satisfies HostDefinition;
