import { DeployError } from '../../core/errors.ts';
import { pastTarget } from '../contract/history.ts';
import type { Host, HostInputs, HostIO, HostRelease, Preview, RollbackTarget } from '../contract/host.ts';
import { whereThere } from '../contract/json-api.ts';
import { option } from '../contract/options.ts';
import { type Application, type CoolifyApi, coolifyApi } from './coolify-api.ts';
import { appHost, listOf } from './coolify-app.ts';

const addresses = ({ fqdn }: Application): string[] =>
  (fqdn ?? '').split(',').flatMap((address) => address.trim() || []);

const firstAddress = (application: Application): string | undefined => addresses(application)[0];

/** The address of a preview by the application's template; undefined where the template has a part that nobody knows. */
export function previewUrl(application: Application, pullRequest: number): string | undefined {
  const address = firstAddress(application);
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  const template = application.preview_url_template || '{{pr_id}}.{{domain}}';
  const filled = template.replaceAll('{{pr_id}}', String(pullRequest)).replaceAll('{{domain}}', host);
  return filled.includes('{{') ? undefined : `${protocol}//${filled}`;
}

/** The id of the deployment that an answer tells, or what Coolify says where it took nothing on. */
function idOf(begun: Awaited<ReturnType<CoolifyApi['deploy']>>): { id?: string } {
  if (begun?.deployment_uuid) return { id: begun.deployment_uuid };
  const { message } = begun ?? {};
  if (message && /not found|not allowed|disabled|cannot|can't|failed/i.test(message)) {
    throw new DeployError('HOST_REFUSED', `Coolify does not deploy: ${message.trim()}`, {
      hint: 'Look at the application in Coolify: its source, its server, and whether previews are switched on.',
    });
  }
  return {};
}

const isPinned = ({ git_commit_sha: sha }: Application): boolean => /^[0-9a-f]{40}$/.test(sha ?? '');

const rollbackHint =
  'Coolify goes back to images that are still on the server. Deploy the older commit again, for example by a revert of what came after.';

async function rollBack(
  api: CoolifyApi,
  app: string,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const target = pastTarget(await listOf(api, app, 0, io), to, 'Coolify', rollbackHint);
  const sha = target.commit ?? '';
  if (target.isLive) return { startedAt, sha, id: target.id };
  if (!(await api.rollbackCommits(app, io)).includes(sha)) {
    throw new DeployError('HOST_REFUSED', `Coolify has no image of ${sha.slice(0, 12) || target.id} any more.`, {
      hint: rollbackHint,
    });
  }
  const begun = await api.rollBack(app, sha, io);
  return { startedAt, sha, ...(begun?.deployment_uuid ? { id: begun.deployment_uuid } : {}) };
}

function coolifyPreview(api: CoolifyApi, app: string, force: Record<string, string>, pullRequest: number): Preview {
  const url = async (io: HostIO) => previewUrl(await api.application(app, io), pullRequest);
  return {
    ...appHost(api, app, pullRequest),
    async check(io) {
      const { settings } = await api.application(app, io);
      if (settings?.is_preview_deployments_enabled !== false) return [];
      throw new DeployError('HOST_REFUSED', 'Coolify makes no previews of this application: they are switched off.', {
        hint: 'In Coolify open the application, then Advanced, and switch Preview Deployments on.',
      });
    },
    async trigger({ sha, variables }, io) {
      const startedAt = io.now();
      if (Object.keys(variables).length > 0) await api.setVariables(app, variables, true, io);
      return { startedAt, sha, ...idOf(await api.deploy(app, { ...force, pr: String(pullRequest) }, io)) };
    },
    url,
    async destroy(_request, io) {
      const removed = await whereThere(api.removePreview(app, pullRequest, io).then(() => true));
      return removed
        ? { outcome: 'removed', message: `Coolify deletes the preview of pull request #${pullRequest}` }
        : { outcome: 'gone', message: `Coolify has no preview of pull request #${pullRequest} any more` };
    },
  };
}

export function createCoolify(inputs: HostInputs): Host {
  const api = coolifyApi(inputs);
  const app = inputs.service ?? '';
  const force: Record<string, string> = option(inputs.options, 'clear-cache') === 'true' ? { force: 'true' } : {};
  const pins = option(inputs.options, 'pin-commit') === 'true';
  const following = appHost(api, app, 0);
  const url = async (io: HostIO) => firstAddress(await api.application(app, io));
  return {
    ...following,
    url,
    urls: async (io) => addresses(await api.application(app, io)),
    async check(io) {
      const { settings } = await api.application(app, io);
      if (!settings?.is_auto_deploy_enabled) return [];
      return [
        `Coolify also deploys ${app} by itself on every push (Auto Deploy), so each push deploys twice. Switch it off in the application's advanced settings.`,
      ];
    },
    async trigger({ sha, variables }, io) {
      const startedAt = io.now();
      const application = await api.application(app, io);
      // An application that is pinned to another commit would deploy that one again.
      if (pins || (isPinned(application) && application.git_commit_sha !== sha)) await api.pin(app, sha, io);
      if (Object.keys(variables).length > 0) await api.setVariables(app, variables, false, io);
      return { startedAt, sha, ...idOf(await api.deploy(app, force, io)) };
    },
    rollback: (to) => ({ ...following, url, trigger: (_request, io) => rollBack(api, app, to, io) }),
    preview: (pullRequest) => coolifyPreview(api, app, force, pullRequest),
  };
}
