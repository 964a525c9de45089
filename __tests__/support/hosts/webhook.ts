import { type Emulator, type EmulatorReply, startEmulator } from '../emulator.ts';

export interface WebhookOptions {
  /** States of a deploy, one for each look at the list; it stays at the last. */
  readonly states: readonly string[];
  /** The answer to the hook does not tell the id. */
  readonly hidesId?: boolean;
  /** The commit that is deployed, whatever was asked for. */
  readonly otherCommit?: string;
}

export interface Webhook extends Emulator {
  readonly deploys: readonly object[];
  readonly complaints: readonly string[];
}

export const webhookToken = 'token-of-the-webhook';

/** What somebody writes by hand: a hook, and a list of its deploys with the newest first. */
export async function startWebhook({ states, hidesId, otherCommit }: WebhookOptions): Promise<Webhook> {
  const deploys: { release: string; id: string; commit: string; looks: number }[] = [];
  const complaints: string[] = [];
  const emulator = await startEmulator(({ method, path, headers, body }): EmulatorReply => {
    if (headers.authorization !== `Bearer ${webhookToken}`) return { status: 401, body: { message: 'unauthorized' } };
    if (`${method} ${path}` === 'POST /deploy') {
      const { ref, release } = JSON.parse(body) as Record<string, string>;
      if (!ref || !release) complaints.push('ref and release are needed');
      const deploy = {
        release: release ?? '',
        id: `d-${deploys.length + 1}`,
        commit: otherCommit ?? ref ?? '',
        looks: 0,
      };
      deploys.unshift(deploy);
      return { status: 202, body: hidesId ? { accepted: true } : { items: [{ release, id: deploy.id }] } };
    }
    if (`${method} ${path}` !== 'GET /deploys') return { status: 404 };
    const items = deploys.map((deploy) => {
      const state = states[Math.min(deploy.looks++, states.length - 1)];
      const message = state === 'error' ? 'out of memory' : null;
      return { ...deploy, state, message, url: 'https://harbour.test' };
    });
    return { status: 200, body: { items } };
  });
  return Object.assign(emulator, { deploys, complaints });
}

/** Options by which its deploys are followed. */
export const webhookOptions = (origin: string): Record<string, readonly string[]> => ({
  body: ['{"ref": "{sha}", "release": "{release}"}'],
  id: ['items[release={release}].id'],
  'status-url': [`${origin}/deploys`],
  status: ['items[release={release}].state'],
  commit: ['items[release={release}].commit'],
  reason: ['items[release={release}].message'],
  url: ['items[release={release}].url'],
  'live-words': ['up'],
  'failed-words': ['error'],
  'cancelled-words': ['cancelled'],
  'superseded-words': ['superseded'],
});
