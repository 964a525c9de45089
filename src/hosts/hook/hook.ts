import type { Mistake } from '../../core/mistake.ts';
import {
  type Host,
  HostAnswerError,
  type HostDefinition,
  type HostInputs,
  type HostIntent,
  type Preview,
  type RollbackTarget,
} from '../contract/host.ts';
import { checkCredentialUrl, option } from '../contract/options.ts';
import { splitCredentials } from './hook-auth.ts';
import { followed } from './hook-follow.ts';
import { checkMapping } from './hook-mapping.ts';
import { hookNames, hookOptions } from './hook-options.ts';
import { send } from './hook-send.ts';
import { checkPlaces, fill } from './hook-template.ts';

/** Why a capability is not there; each has a hook of its own, so that production's is never called for a preview. */
function lacks(capability: 'preview' | 'rollback', { options }: HostInputs): string | undefined {
  const name = `${capability}-hook`;
  if (option(options, name)) return undefined;
  const what = { preview: 'deploys a preview', rollback: 'goes back to an earlier release' }[capability];
  return `no hook ${what}; write one into host-options: "${name}: https://…"`;
}

function check(inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  const { options } = inputs;
  const { deployHook } = inputs;
  const mistakes = deployHook ? checkCredentialUrl('deploy-hook', deployHook.reveal()) : [];
  const add = (message: string) => mistakes.push({ input: 'host-options', message });
  const missing = intent === 'deploy' ? undefined : lacks(intent, inputs);
  if (missing) add(missing);
  if (option(options, 'teardown-hook') && !option(options, 'preview-hook'))
    add('teardown-hook takes away what preview-hook made; write preview-hook too');
  const method = option(options, 'method') ?? 'POST';
  const body = option(options, 'body');
  if (method === 'GET' && body !== undefined) add('method GET sends no body; leave out body or write method: POST');
  const hooks = hookNames.map((name) => option(options, name) ?? '');
  for (const message of checkPlaces([body ?? '', ...(options.header ?? []), ...hooks])) add(message);
  if (option(options, 'signature-header') && !option(options, 'signature-secret')) {
    add('signature-header needs signature-secret');
  }
  if (inputs.token && deployHook && URL.canParse(deployHook.reveal()) && splitCredentials(deployHook.reveal()).basic) {
    mistakes.push({
      input: 'host-token',
      message: 'is set, and deploy-hook holds user and password; leave one of them out',
    });
  }
  for (const message of checkMapping(inputs)) add(message);
  return mistakes;
}

function createPreview(inputs: HostInputs, previewHook: string, pullRequest: number): Preview {
  const teardownHook = option(inputs.options, 'teardown-hook');
  return {
    ...followed(
      inputs,
      'the preview hook',
      (asked) => fill(previewHook, asked, encodeURIComponent),
      (request) => ({ ...request, pullRequest }),
    ),
    async destroy(request, io) {
      if (teardownHook === undefined)
        return { outcome: 'left', message: 'host-options has no teardown-hook, so the preview is left to its host' };
      try {
        const asked = { ...request, pullRequest };
        await send(inputs, 'the teardown hook', fill(teardownHook, asked, encodeURIComponent), asked, io);
        return { outcome: 'removed', message: 'the teardown hook took the request' };
      } catch (error) {
        if (!(error instanceof HostAnswerError) || (error.status !== 404 && error.status !== 410)) throw error;
        return { outcome: 'gone', message: `the teardown hook knows no such preview (any more): HTTP ${error.status}` };
      }
    },
  };
}

/** The release to go back to stands in the places of the request; they are empty where it is the one before. */
const createRollback = (inputs: HostInputs, rollbackHook: string, to: RollbackTarget | undefined): Host =>
  followed(
    inputs,
    'the rollback hook',
    (asked) => fill(rollbackHook, asked, encodeURIComponent),
    (request) => ({ ...request, sha: to?.sha ?? '', release: to?.release ?? '', artifact: undefined }),
  );

/** A deploy hook: one request, then whatever host-options say of its status, and what its URL proves. */
function create(inputs: HostInputs): Host {
  const previewHook = option(inputs.options, 'preview-hook');
  const rollbackHook = option(inputs.options, 'rollback-hook');
  return {
    ...followed(
      inputs,
      'the deploy hook',
      () => inputs.deployHook?.reveal() ?? '',
      (request) => request,
    ),
    ...(previewHook === undefined ? {} : { preview: (number: number) => createPreview(inputs, previewHook, number) }),
    ...(rollbackHook === undefined
      ? {}
      : { rollback: (to: RollbackTarget | undefined) => createRollback(inputs, rollbackHook, to) }),
  };
}

export const hook = {
  title: 'the deploy hook',
  page: 'hosts/hook.md',
  migrations: {
    how: 'What the hook starts has to run "python manage.py migrate" before it restarts the app.',
  },
  token: { meaning: 'what is sent as `Authorization: Bearer …`', example: 'example' },
  deployHook: { meaning: 'the URL', example: 'https://deploy.example.com/hook?key=example', requiredFor: ['deploy'] },
  options: hookOptions,
  ways: [
    ['deploy-hook', 'url'],
    ['deploy-hook', 'id', 'status-url', 'status', 'live-words', 'failed-words', 'log', 'logs-url'],
    ['deploy-hook', 'url', 'preview-hook', 'teardown-hook', 'rollback-hook'],
  ],
  matches: ({ deployHook, options }) =>
    deployHook !== undefined || hookNames.some((name) => option(options, name) !== undefined),
  check,
  lacks,
  create,
} as const satisfies HostDefinition;
