import { realpath } from 'node:fs/promises';
import { planStage } from '../../src/commands/stages/plan-stage.ts';
import type { SyncStageRequest } from '../../src/commands/stages/sync-stage.ts';
import { syncStage } from '../../src/commands/stages/upload-stage.ts';
import type { Identity } from '../../src/core/identity.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import type { Own } from '../../src/ledger/releases.ts';
import { openLedgerSession } from '../../src/ledger/session.ts';
import { changedAt } from '../../src/project/checkout/changed-at.ts';
import { gitIn } from '../../src/project/checkout/git.ts';
import { createRecorder } from '../../src/report/recorder.ts';
import { runnerExec } from '../../src/runner/runner-exec.ts';
import type { ObjectStore } from '../../src/store/store.ts';
import type { SyncFolder } from '../../src/sync/scan-folders.ts';
import { createInputs, fakeClock, fakeLog, never, noReaders } from './fakes.ts';
import { bookIO, ownOf, production } from './ledger.ts';
import { gitEnv } from './project.ts';

export interface StageOptions {
  /** Folders below the root: `static` with its prefix unless told otherwise. */
  readonly folders?: readonly Partial<SyncFolder>[];
  readonly inputs?: Partial<Inputs>;
  /** Hashed names of the release's manifest. */
  readonly names?: readonly string[];
  /** Names that bundlers made. */
  readonly bundled?: readonly string[];
  /** The checkout, where the project is not at its top. */
  readonly workspace?: string;
  readonly own?: Partial<Own>;
  readonly identity?: Identity;
}

/** Plan and upload of a project whose files lie in `root`. */
export async function prepareStage(root: string, store: ObjectStore, options: StageOptions = {}) {
  const git = gitIn({ exec: runnerExec, signal: never }, root, gitEnv);
  const workspace = await realpath(options.workspace ?? root);
  const log = fakeLog();
  const clock = fakeClock();
  const recorder = createRecorder(log, clock);
  const identity = options.identity ?? production;
  const inputs = createInputs(options.inputs);
  const own = ownOf('abc', 1, options.own);
  const session = await openLedgerSession(store, { identity, shard: inputs.shard, own }, bookIO(clock));
  const folders = (options.folders ?? [{}]).map((given): SyncFolder => {
    const kind = given.kind ?? 'static';
    return { kind, prefix: `${kind}/`, acl: undefined, ...given, folder: `${root}/${given.folder ?? kind}` };
  });
  const request: SyncStageRequest = {
    inputs,
    folders,
    workspace,
    names: new Set(options.names),
    manifestPath: `${root}/static/staticfiles.json`,
    bundled: new Set(options.bundled),
    changedAt: (file) => changedAt(file, workspace, git),
    scratch: `${root}/.scratch`,
    store,
    session,
  };
  const io = { recorder, log, clock, readers: noReaders, signal: never };
  const plan = () => planStage(request, io);
  const sync = async (signal = never) => syncStage(request, (await plan()).value, { ...io, signal });
  return { request, io, log, recorder, clock, session, plan, sync };
}
