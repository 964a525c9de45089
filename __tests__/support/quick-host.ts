import { type Emulator, type EmulatorReply, startEmulator } from './emulator.ts';

export interface QuickHostOptions {
  /** Commits that never answer anything but an error. */
  readonly broken?: Set<string>;
  /** Told of each request of a visitor or a hook; what it returns is waited for. */
  readonly onRequest?: (doing: string) => Promise<void> | void;
  /** The answer to every request, instead of what it would do. */
  readonly refuse?: EmulatorReply;
  /** The secret in its hooks' addresses. */
  readonly key?: string;
}

/** A host that serves what it is asked to at once, and says in a header which commit that is. */
export interface QuickHost extends Emulator {
  /** The commit that production serves. */
  live(): string | undefined;
  /** The commits that previews serve, by number. */
  readonly previews: ReadonlyMap<string, string>;
  /** The address of a hook: `deploy`, `preview/{pr}`, `teardown/{pr}`, `rollback`. */
  hook(doing: string): string;
  /** What it was asked, in order: `deploy <sha>`, `preview 7 <sha>`, `teardown 7`, `rollback`. */
  readonly asked: readonly string[];
  /** Inputs that lead to it. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Inputs under which an app of its own has its own site here. */
  inputsOf(app: string): Readonly<Record<string, string>>;
}

export async function startQuickHost(options: QuickHostOptions = {}): Promise<QuickHost> {
  const { broken, onRequest, refuse, key = 'hook-key' } = options;
  const releases: string[] = [];
  const previews = new Map<string, string>();
  const asked: string[] = [];

  function take(doing: string, number: string, sha: string): number {
    asked.push([doing, number, doing === 'rollback' ? '' : sha].filter(Boolean).join(' '));
    if (doing === 'deploy') releases.push(sha);
    if (doing === 'preview') previews.set(number, sha);
    if (doing === 'rollback' && sha === '') releases.pop();
    else if (doing === 'rollback') releases.push(sha);
    return doing === 'teardown' && !previews.delete(number) ? 404 : 200;
  }

  const emulator = await startEmulator(async ({ method, path, body }) => {
    if (refuse) return refuse;
    const [, doing = '', number = '', given] =
      /^\/(deploy|preview|teardown|rollback)\/?([\w-]*)\?key=([\w-]+)$/.exec(path) ?? [];
    if (given !== undefined && given !== key) return { status: 401 };
    await onRequest?.(doing === '' ? 'visit' : doing);
    if (method === 'POST') {
      const { ref } = JSON.parse(body) as { readonly ref: string };
      return doing === ''
        ? { status: 404 }
        : { status: take(doing, number, doing === 'teardown' ? '' : ref), body: { id: `job-${asked.length}` } };
    }
    const [, visited] = /^\/pr-([\w-]+)\/?$/.exec(path) ?? [];
    const sha = visited === undefined ? releases.at(-1) : previews.get(visited);
    if (sha === undefined) return { status: 404, body: 'Nothing here.' };
    if (broken?.has(sha)) return { status: 500, body: 'Server Error' };
    return { status: 200, headers: { 'x-release': sha }, body: `<p>${sha}</p>` };
  });
  const at = (doing: string) => `${emulator.origin}/${doing}?key=${key}`;
  const inputsOf = (mark: string) => ({
    'deploy-hook': at('deploy'),
    'host-options': [
      'body: {"ref": "{sha}"}',
      'proof-header: X-Release',
      `preview-hook: ${at(`preview/{pr}${mark}`)}`,
      `teardown-hook: ${at(`teardown/{pr}${mark}`)}`,
      `rollback-hook: ${at('rollback')}`,
      `preview-url: ${emulator.origin}/pr-{pr}${mark}`,
    ].join('\n'),
    url: emulator.origin,
    timeout: '20s',
  });
  return Object.assign(emulator, {
    live: () => releases.at(-1),
    previews,
    hook: at,
    asked,
    inputs: inputsOf(''),
    inputsOf: (app: string) => inputsOf(`-${app}`),
  });
}
