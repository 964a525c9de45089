import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import type { Mistake } from '../../core/mistake.ts';
import { askJson } from '../contract/api.ts';
import type { Host, HostDefinition, HostInputs, HostIntent } from '../contract/host.ts';
import { checkCredentialUrl } from '../contract/options.ts';
import { renderApi } from './render-api.ts';
import { renderPreview } from './render-preview.ts';
import { rollBack } from './render-rollback.ts';
import { serviceHost } from './render-service.ts';
import { checkImage, refuseImage, sourceOf } from './render-source.ts';
import { variables } from './render-variables.ts';

/** A deploy hook's URL, asking for this commit. The parameter `ref` is in wide use, though not in Render's own pages. */
function hookUrl(hook: string, sha: string): string {
  const url = new URL(hook);
  url.searchParams.set('ref', sha);
  return url.href;
}

/** The id of the service: as given, or out of the hook's path. */
function serviceId(inputs: HostInputs): string | undefined {
  return inputs.service ?? /\/deploy\/(srv-[0-9a-z]+)/.exec(inputs.deployHook?.reveal() ?? '')?.[1];
}

function withApi(inputs: HostInputs, service: string): Required<Host> {
  const api = renderApi(inputs);
  const source = sourceOf(inputs);
  const following = serviceHost(api, service, source);
  return {
    ...following,
    async check(io) {
      const found = await api.service(service, io);
      if (found) refuseImage(found, source);
      const warnings: string[] = [];
      const auto = found?.autoDeployTrigger ?? (found?.autoDeploy === 'yes' ? 'commit' : 'off');
      if (auto !== 'off') {
        warnings.push(
          `Render also deploys ${service} by itself on every push (auto-deploy "${auto}"), so each push deploys twice. Turn Auto-Deploy off in the service's settings.`,
        );
      }
      if (found?.suspended === 'suspended')
        warnings.push(`the Render service ${service} is suspended; resume it first`);
      return warnings;
    },
    rollback: (to) => ({ ...following, trigger: (_request, io) => rollBack(api, service, to, io) }),
    preview: (pullRequest) => renderPreview(api, service, inputs, pullRequest),
  };
}

const hookSchema = v.object({ deploy: v.nullish(v.object({ id: v.nullish(v.string()) })) });

/** With the hook alone Render tells an id but never a status. */
function withHookOnly(inputs: HostInputs): Host {
  return {
    async trigger(request, io) {
      if (Object.keys(request.variables).length > 0) {
        throw new DeployError('INVALID_INPUTS', 'host-env is set, and Render’s deploy hook cannot set variables.', {
          hint: 'Set host-token, by which Render’s API sets them, or leave host-env out.',
        });
      }
      const startedAt = io.now();
      const url = hookUrl(inputs.deployHook?.reveal() ?? '', request.sha);
      const answer = await askJson(io, "Render's deploy hook", { method: 'POST', url }, hookSchema);
      const id = answer?.deploy?.id;
      return { startedAt, sha: request.sha, ...(id ? { id } : {}) };
    },
  };
}

const booleanMistake = (value: string): string | undefined =>
  /^(true|false)$/.test(value) ? undefined : `"${value}" is neither true nor false`;

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const mistakes: Mistake[] = checkImage(inputs, intent === 'preview');
  if (inputs.deployHook) {
    const hook = inputs.deployHook.reveal();
    mistakes.push(...checkCredentialUrl('deploy-hook', hook));
    if (/\/deploy\/exs-/.test(hook)) {
      mistakes.push({
        input: 'deploy-hook',
        message: 'is the hook of a Blueprint, which deploys no code; take the hook of the web service (srv-…)',
      });
    }
  }
  if (inputs.service !== undefined && !/^(srv|crn)-[0-9a-z]+$/.test(inputs.service)) {
    mistakes.push({
      input: 'service',
      message: `"${inputs.service}" is no id of a Render service; it stands in the dashboard's address and starts with srv-`,
    });
  }
  if (!inputs.deployHook && !(inputs.token && inputs.service)) {
    const missing = inputs.token ? 'service' : 'host-token';
    mistakes.push({ input: missing, message: 'is empty; Render needs service and host-token, or deploy-hook alone' });
  }
  return mistakes;
}

/** The id of the service where its API can be asked, and not the hook alone. */
function serviceWithApi(inputs: HostInputs): string | undefined {
  return inputs.token && serviceId(inputs);
}

export const render = {
  title: 'Render',
  page: 'hosts/render.md',
  migrations: {
    how: 'Set "python manage.py migrate" as the pre-deploy command of the service (a paid plan; on the free one put it at the end of the build command), or preDeployCommand in render.yaml.',
    files: [{ path: 'render.yaml', says: /(preDeployCommand|buildCommand|startCommand):.*\bmigrate/ }],
  },
  service: { meaning: 'the id of the web service, as it stands in the dashboard’s address', example: 'srv-abc123' },
  token: { meaning: 'an API key of your account', secretName: 'RENDER_API_KEY', example: 'rnd_example' },
  deployHook: {
    meaning: 'the deploy hook of the service',
    example: 'https://api.render.com/deploy/srv-abc123?key=example',
  },
  options: [
    { name: 'clear-cache', example: 'true', meaning: 'build without Render’s cache', check: booleanMistake },
    {
      name: 'image',
      example: 'ghcr.io/acme/shop:{sha}',
      meaning:
        'the image of the commit, for a service that runs an image; `{pr}` is the pull request’s number in previews',
    },
  ],
  ways: [
    ['service', 'host-token'],
    ['deploy-hook', 'url'],
  ],
  setsVariables: true,
  files: ['render.yaml', 'render.yml'],
  matches: ({ service, deployHook }) =>
    /^srv-/.test(service ?? '') ||
    /^https:\/\/api\.render\.com\/|\/deploy\/srv-[0-9a-z]+\?key=/.test(deployHook?.reveal() ?? ''),
  check,
  lacks: (_capability, inputs) =>
    serviceWithApi(inputs) === undefined
      ? 'Render’s deploy hook does nothing but deploy; set host-token, and service where the hook does not name it'
      : undefined,
  variables,
  commitVariable: 'RENDER_GIT_COMMIT',
  create: (inputs) => {
    const service = serviceWithApi(inputs);
    return service === undefined ? withHookOnly(inputs) : withApi(inputs, service);
  },
} as const satisfies HostDefinition;
