import type { Build } from '../../src/build/build.ts';
import { gitIn } from '../../src/build/git.ts';
import type { Inputs } from '../../src/inputs.ts';
import { createJournal } from '../../src/journal.ts';
import { runnerExec } from '../../src/runner/exec.ts';
import { openBook } from '../../src/store/book.ts';
import { planStage, type SyncStageRequest, syncStage } from '../../src/sync/stage.ts';
import type { DeploymentTarget } from '../../src/target.ts';
import { createInputs, fakeClock, fakeLog, type memoryStore, never } from './fakes.ts';
import { gitEnv } from './project.ts';

export interface StageOptions {
  readonly target?: Partial<DeploymentTarget>;
  readonly inputs?: Partial<Inputs>;
  /** Hashed names of the release's manifest. */
  readonly names?: readonly string[];
  /** The checkout, where the project is not at its top. */
  readonly workspace?: string;
}

/** Plan and upload of a project whose files lie in `root`: static files in `static` below it, unless told otherwise. */
export async function prepareStage(root: string, store: ReturnType<typeof memoryStore>, options: StageOptions = {}) {
  const git = gitIn({ exec: runnerExec, show: () => undefined, signal: never }, root, gitEnv);
  const artifact = { path: '', sha256: '', bytes: 0, files: 0, left: [] };
  const outcome = { collected: { root: `${root}/static`, manifest: `${root}/static/staticfiles.json` }, failures: [] };
  const tracked = new Set((await git.trackedFiles())?.map(({ path }) => path));
  const build: Build = { outcome, workspace: options.workspace ?? root, root, git, tracked, artifact };
  const statics = { folder: 'static', prefix: 'static/' };
  const urls = { staticUrl: undefined, mediaUrl: undefined, origins: new Set<string>() };
  const target = { bucket: undefined, static: statics, media: undefined, ...urls, ...options.target };
  const run = { environment: 'production', release: 'r1', sha: 'abc', at: '2026-03-01T12:00:00Z' };
  const book = await openBook(store, run, () => undefined, never);
  const inputs = createInputs(options.inputs);
  const request: SyncStageRequest = { inputs, target, build, names: new Set(options.names), store, book };
  const log = fakeLog();
  const clock = fakeClock();
  const journal = createJournal(log, clock);
  const io = { journal, log, clock, signal: never };
  const sync = async (signal = never) => {
    const plan = await planStage(request, io);
    return syncStage(request, plan.value, { ...io, signal });
  };
  return { request, io, log, journal, sync };
}
