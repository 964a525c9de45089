import { Secret } from '../../../../src/lib/secret.ts';
import type { EmulatorReply } from '../../../support/emulator.ts';
import { createHostInputs } from '../../../support/host-io.ts';
import { startWebhook, webhookOptions, webhookToken } from '../../../support/hosts/webhook.ts';
import { type QuickHost, startQuickHost } from '../../../support/quick-host.ts';
import { renderHookKey } from '../../../support/render.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject, StartedHost } from '../host-subjects.ts';

/** The commits that each preview was asked for, the newest first, of those that are there. */
function previewsOf({ asked, previews }: QuickHost): string[][] {
  const found = new Map<string, string[]>();
  for (const [doing, number = '', sha = ''] of asked.map((one) => one.split(' '))) {
    if (doing === 'teardown') found.delete(number);
    if (doing === 'preview') found.set(number, [sha, ...(found.get(number) ?? [])]);
  }
  return [...found].flatMap(([number, commits]) => (previews.has(number) ? [commits] : []));
}

async function startHook(hooks: readonly string[], refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const server = await startQuickHost({ key: renderHookKey, ...(refuse ? { refuse } : {}) });
  const urls = {
    'preview-hook': [server.hook('preview/{pr}')],
    'teardown-hook': [server.hook('teardown/{pr}')],
    'rollback-hook': [server.hook('rollback')],
  };
  const wanted = Object.fromEntries(Object.entries(urls).filter(([name]) => hooks.includes(name)));
  const deploys = () => server.asked.flatMap((one) => /^deploy (.*)/.exec(one)?.[1] ?? []);
  return {
    inputs: createHostInputs({
      deployHook: new Secret(server.hook('deploy')),
      options: { body: ['{"ref": "{sha}"}'], ...wanted },
    }),
    asked: () => deploys().reverse(),
    served: server.live,
    pushed: () => undefined,
    previews: () => previewsOf(server),
    complaints: () => [],
    stop: server.stop,
  };
}

export const hookSubjects: HostSubject[] = [
  {
    host: 'hook',
    way: 'a deploy hook alone',
    follows: false,
    previews: false,
    rollsBack: false,
    start: (refuse) => startHook([], refuse),
  },
  {
    host: 'hook',
    way: 'a hook for everything',
    follows: false,
    previews: true,
    rollsBack: true,
    start: (refuse) => startHook(['preview-hook', 'teardown-hook', 'rollback-hook'], refuse),
  },
];

const ends: Readonly<Record<string, string>> = { live: 'up', never: 'deploying', 'it fails': 'error' };

export const hookScenarios: ScenarioSubject[] = [
  {
    host: 'hook',
    way: 'a mapping of its answers',
    failures: { 'it fails': /its state is error: out of memory/ },
    async start({ end, unknownWord, hidesId, otherCommit }) {
      const emulator = await startWebhook({
        states: ['deploying', ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
        ...(hidesId ? { hidesId } : {}),
        ...(otherCommit ? { otherCommit } : {}),
      });
      return {
        inputs: createHostInputs({
          token: new Secret(webhookToken),
          deployHook: new Secret(`${emulator.origin}/deploy`),
          options: webhookOptions(emulator.origin),
        }),
        deploys: () => emulator.deploys.length,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
];
