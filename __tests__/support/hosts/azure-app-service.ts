import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { type HostPlot, stages, uuids } from './states.ts';

export const azureToken = 'eyJ0eXAiOiJKV1Qi.token-of-the-emulator';
export const azurePassword = 'password-of-the-publish-profile';
export const azureSite =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acme/providers/Microsoft.Web/sites/shop';

interface Deployment {
  readonly id: string;
  readonly commit: string;
  readonly message: string;
  readonly receivedAt: number;
  state: string;
  status: number;
  active: boolean;
}
export interface AzureSite {
  readonly name: string;
  settings: Record<string, string>;
  /** The newest first. */
  deployments: Deployment[];
}

export interface AzureOptions extends HostPlot {
  readonly refuse?: EmulatorReply;
  readonly settings?: Readonly<Record<string, string>>;
  /** Slots that are there. */
  readonly slots?: readonly string[];
  readonly repository?: string;
  /** Kudu forgets the message of a deploy. */
  readonly hidesMessage?: boolean;
}

export interface Azure extends Emulator {
  readonly sites: readonly AzureSite[];
  asked(name: string): string[];
  served(): string | undefined;
  readonly complaints: readonly string[];
}

const numbers: Readonly<Record<string, number>> = {
  Pending: 0,
  Building: 1,
  Deploying: 2,
  Failed: 3,
  Cancelled: 3,
  Success: 4,
};
const statusTexts: Readonly<Record<string, string>> = {
  Failed: 'Deployment failed: pip install exited with 1',
  Cancelled: 'Deployment was canceled by the user',
};

/** A publish profile as the portal gives it, with a site's SCM at that address. */
export const publishProfile = (origin: string): string =>
  `<publishData><publishProfile profileName="shop - Zip Deploy" publishMethod="ZipDeploy" publishUrl="${new URL(origin).host}" userName="$shop" userPWD="${azurePassword}" destinationAppUrl="http://shop-abc123.azurewebsites.net" /></publishData>`;

/**
 * Azure Resource Manager and the SCM of each site, with state. The rules are those of
 * https://learn.microsoft.com/rest/api/appservice/web-apps and of PushDeploymentController.OneDeploy in
 * https://github.com/Azure-App-Service/KuduLite
 */
export async function startAzure(options: AzureOptions = {}): Promise<Azure> {
  const { now = Date.now } = options;
  const next = stages(options.states ?? ['Building', 'Deploying', 'Success']);
  const nextId = uuids('a2000000');
  const complaints: string[] = [];
  const settings = options.settings ?? { SCM_DO_BUILD_DURING_DEPLOYMENT: 'true' };
  const site = (name: string): AzureSite => ({ name, settings: { ...settings }, deployments: [] });
  const sites = [site('shop'), ...(options.slots ?? []).map((slot) => site(`shop-${slot}`))];
  const error = (status: number, message: string): EmulatorReply => ({
    status,
    body: { error: { code: 'X', message } },
  });
  let swaps = 0;

  function activate(at: AzureSite, deployment: Deployment): void {
    for (const one of at.deployments) one.active = false;
    deployment.active = true;
  }

  /** A deploy goes on with each look at it. */
  function look(at: AzureSite, deployment: Deployment): void {
    if (deployment.status === 3 || deployment.status === 4) return;
    const word = next(deployment);
    deployment.state = word;
    deployment.status = word === 'superseded' ? 4 : (numbers[word] ?? 7);
    if (word === 'superseded' || (word === 'Success' && options.otherCommit)) {
      const commit = options.otherCommit ?? 'e'.repeat(40);
      const other = { ...deployment, id: nextId(), commit, message: JSON.stringify({ sha: commit }), status: 4 };
      at.deployments.unshift(other);
      activate(at, other);
    } else if (word === 'Success') activate(at, deployment);
  }

  const describeDeployment = ({ id, state, status, message, receivedAt, active }: Deployment) => ({
    id,
    status,
    status_text: statusTexts[state] ?? (status === 7 ? state : ''),
    author_email: 'N/A',
    deployer: 'OneDeploy',
    message: options.hidesMessage ? 'OneDeploy' : message,
    received_time: new Date(receivedAt).toISOString(),
    complete: status >= 3 && status < 5,
    active,
  });

  function publish(at: AzureSite, url: URL, { headers, body }: EmulatorRequest): EmulatorReply {
    if (headers['content-type'] !== 'application/zip' || !headers['content-length'])
      complaints.push('not a zip with its length');
    if (url.searchParams.get('type') !== 'zip' || url.searchParams.get('async') !== 'true')
      complaints.push('no async zip');
    if (body.length === 0) return { status: 400, body: 'Artifact is empty' };
    const running = at.deployments.find(({ status }) => status < 3);
    if (running) return { status: 409, body: 'DeploymentInProgress' };
    const message = url.searchParams.get('message') ?? '';
    const { sha } = JSON.parse(message) as { sha: string };
    const deployment = {
      id: nextId(),
      commit: sha,
      message,
      receivedAt: now(),
      state: 'Pending',
      status: 0,
      active: false,
    };
    at.deployments.unshift(deployment);
    return {
      status: 202,
      headers: {
        location: '/api/deployments/latest?deployer=OneDeploy',
        ...(options.hidesId ? {} : { 'scm-deployment-id': deployment.id }),
      },
    };
  }

  function kudu(at: AzureSite, path: string, url: URL, request: EmulatorRequest): EmulatorReply {
    if (path === '/api/publish' && request.method === 'POST') return publish(at, url, request);
    if (path === '/api/deployments') {
      for (const one of at.deployments) if (options.hidesId) look(at, one);
      return { status: 200, body: at.deployments.map(describeDeployment) };
    }
    const [, id = '', rest = ''] = /^\/api\/deployments\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    const deployment = at.deployments.find((one) => one.id === id);
    if (!deployment) return { status: 404, body: '' };
    if (rest === '/log')
      return {
        status: 200,
        body: [{ log_time: 't', id: 'step', message: 'Running oryx build', type: 0, details_url: 'x' }],
      };
    if (rest === '/log/step')
      return { status: 200, body: [{ log_time: 't', id: 'd', message: 'ERROR: No matching distribution', type: 2 }] };
    look(at, deployment);
    return { status: deployment.status < 3 ? 202 : 200, body: describeDeployment(deployment) };
  }

  const describeSite = ({ name }: AzureSite) => ({
    id: azureSite,
    name,
    location: 'West Europe',
    properties: {
      state: 'Running',
      defaultHostName: `${name}-abc123.azurewebsites.net`,
      serverFarmId: '/subscriptions/0/serverfarms/plan',
      httpsOnly: true,
      hostNameSslStates: [
        { name: `${name}-abc123.azurewebsites.net`, hostType: 'Standard' },
        { name: `${name}-abc123.scm.azurewebsites.net`, hostType: 'Repository' },
      ],
    },
  });

  function arm({ method, body }: EmulatorRequest, url: URL): EmulatorReply {
    if (!url.searchParams.get('api-version')) return error(400, 'The api-version query parameter is required.');
    if (!url.pathname.startsWith(azureSite)) return error(404, 'The resource was not found.');
    const [, slot, rest = ''] = /^(?:\/slots\/([^/]+))?(\/.*)?$/.exec(url.pathname.slice(azureSite.length)) ?? [];
    const name = slot ? `shop-${slot}` : 'shop';
    const given = (body === '' ? {} : JSON.parse(body)) as { properties?: Record<string, string>; targetSlot?: string };
    let at = sites.find((one) => one.name === name);
    if (method === 'PUT' && rest === '' && slot) {
      if (!given.properties?.serverFarmId) complaints.push('a slot without a plan');
      at ??= { ...site(name), settings: {} };
      if (!sites.includes(at)) sites.push(at);
      return { status: 202, body: describeSite(at) };
    }
    if (!at) return error(404, `The slot ${slot} was not found.`);
    if (rest === '' && method === 'DELETE') {
      sites.splice(sites.indexOf(at), 1);
      return { status: 200 };
    }
    if (rest === '') return { status: 200, body: describeSite(at) };
    if (rest === '/config/appsettings/list' && method === 'POST')
      return { status: 200, body: { properties: at.settings } };
    if (rest === '/config/appsettings' && method === 'PUT') {
      at.settings = given.properties ?? {};
      return { status: 200, body: { properties: at.settings } };
    }
    if (rest === '/config/web')
      return {
        status: 200,
        body: { properties: { linuxFxVersion: 'PYTHON|3.13', appCommandLine: 'gunicorn config.wsgi' } },
      };
    if (rest === '/sourcecontrols/web') {
      const properties = options.repository
        ? { repoUrl: options.repository, isManualIntegration: false }
        : { repoUrl: null };
      return { status: 200, body: { properties } };
    }
    if (rest === '/slotsswap' && method === 'POST') {
      const [production] = sites;
      if (given.targetSlot !== 'production' || !production) return error(400, 'no such slot');
      swaps += 1;
      [production.deployments, at.deployments] = [at.deployments, production.deployments];
      return { status: 202 };
    }
    return error(404, rest);
  }

  function reply(request: EmulatorRequest): EmulatorReply {
    if (options.refuse) return options.refuse;
    const url = new URL(request.path, 'http://azure.test');
    const { authorization } = request.headers;
    const basic = `Basic ${Buffer.from(`$shop:${azurePassword}`).toString('base64')}`;
    if (url.pathname.startsWith('/api/'))
      return authorization === basic && sites[0]
        ? kudu(sites[0], url.pathname, url, request)
        : { status: 401, body: '' };
    if (authorization !== `Bearer ${azureToken}`) return error(401, 'The access token is invalid.');
    const [, host = '', path = ''] = /^\/scm\/([^/]+)(\/.*)$/.exec(url.pathname) ?? [];
    if (host === '') return arm(request, url);
    const at = sites.find(({ name }) => host === `${name}-abc123.scm.azurewebsites.net`);
    return at ? kudu(at, path, url, request) : { status: 404, body: '' };
  }

  const emulator = await startEmulator(reply);
  const commits = (at: AzureSite | undefined) => at?.deployments.map(({ commit }) => commit) ?? [];
  return Object.assign(emulator, {
    sites,
    swaps: () => swaps,
    asked: (name: string) => commits(sites.find((one) => one.name === name)),
    served: () => sites[0]?.deployments.find(({ active }) => active)?.commit,
    complaints,
  });
}
