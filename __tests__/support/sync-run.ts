import { type ActionResult, type ActionRun, runAction } from '../../demo/parts/action.ts';

export interface SyncRun extends Pick<ActionRun, 'signal' | 'crash' | 'onOutput' | 'event' | 'payload'> {
  /** Folder of the checkout. */
  readonly workspace: string;
  readonly bucket: string;
  readonly endpoint: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Number of the run; a later one is newer. */
  readonly run?: number;
  readonly sha?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `command: sync` as the runner runs it: the folder `static`, unless the inputs say otherwise. */
export function runSync({ bucket, endpoint, inputs, run = 1, sha, env, ...more }: SyncRun): Promise<ActionResult> {
  return runAction({
    ...more,
    sha: sha ?? String(run).padStart(40, 'c'),
    env: { GITHUB_RUN_ID: String(run), GITHUB_RUN_NUMBER: String(run), ...env },
    inputs: {
      command: 'sync',
      bucket,
      endpoint,
      'access-key-id': 'test-key',
      'secret-access-key': 'test-secret',
      'static-dir': 'static',
      ...inputs,
    },
  });
}
