import { realpath } from 'node:fs/promises';
import { changedAt } from '../../src/bucket.ts';
import { gitIn } from '../../src/build/git.ts';
import type { Inputs } from '../../src/inputs.ts';
import { createJournal } from '../../src/journal.ts';
import { runnerExec } from '../../src/runner/exec.ts';
import { openBook } from '../../src/store/book.ts';
import type { Own } from '../../src/store/releases.ts';
import type { ObjectStore } from '../../src/store/store.ts';
import { planStage } from '../../src/sync/plan-stage.ts';
import type { SyncStageRequest } from '../../src/sync/stage.ts';
import type { SyncFolder } from '../../src/sync/sync.ts';
import { syncStage } from '../../src/sync/upload-stage.ts';
import { createInputs, fakeClock, fakeLog, never } from './fakes.ts';
import { bookIO, ownOf } from './ledger.ts';
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
  readonly environment?: string;
}

/** Plan and upload of a project whose files lie in `root`. */
export async function prepareStage(root: string, store: ObjectStore, options: StageOptions = {}) {
  const git = gitIn({ exec: runnerExec, signal: never }, root, gitEnv);
  const workspace = await realpath(options.workspace ?? root);
  const log = fakeLog();
  const clock = fakeClock();
  const journal = createJournal(log, clock);
  const environment = options.environment ?? 'production';
  const inputs = createInputs(options.inputs);
  const own = ownOf('abc', 1, options.own);
  const book = await openBook(store, { environment, shard: inputs.shard, own }, bookIO(clock));
  const folders = (options.folders ?? [{}]).map((given): SyncFolder => {
    const kind = given.kind ?? 'static';
    return { kind, prefix: `${kind}/`, acl: undefined, ...given, folder: `${root}/${given.folder ?? kind}` };
  });
  const request: SyncStageRequest = {
    inputs,
    environment,
    folders,
    names: new Set(options.names),
    manifestPath: `${root}/static/staticfiles.json`,
    bundled: new Set(options.bundled),
    changedAt: (file) => changedAt(file, workspace, git),
    scratch: `${root}/.scratch`,
    store,
    book,
  };
  const io = { journal, log, clock, signal: never };
  const plan = () => planStage(request, io);
  const sync = async (signal = never) => syncStage(request, (await plan()).value, { ...io, signal });
  return { request, io, log, journal, clock, book, plan, sync };
}
