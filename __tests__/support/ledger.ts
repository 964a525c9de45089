import type { Identity } from '../../src/core/identity.ts';
import type { Clock } from '../../src/core/ports.ts';
import type { Stored } from '../../src/ledger/change.ts';
import type { Own } from '../../src/ledger/releases.ts';
import { type LedgerSession, type LedgerSessionIO, openLedgerSession } from '../../src/ledger/session.ts';
import { createRedactor } from '../../src/lib/secret.ts';
import type { ReleaseStageIO } from '../../src/release/before.ts';
import { createRecorder } from '../../src/report/recorder.ts';
import type { ObjectStore } from '../../src/store/store.ts';
import { fakeClock, fakeHttp, fakeLog, never } from './fakes.ts';
import { fakeMachine } from './host-io.ts';
import { md5 } from './md5.ts';

/** The environment `production` of a repository with one app. */
export const production: Identity = { repository: '1296269', app: '.', kind: 'push', name: 'production' };
/** Another environment of the same repository. */
export const named = (name: string): Identity => ({ ...production, name });
/** Preview of a pull request of the same repository. */
export const previewOf = (number: number, repository = '1296269'): Identity => ({
  repository,
  app: '.',
  kind: 'preview',
  name: `preview/pr-${number}`,
});

const at = '2026-03-01T12:00:00.000Z';

/** What a session needs of the world; `lines` has what it warned of and why it waited. */
export function bookIO(clock: Clock = fakeClock()): LedgerSessionIO & { readonly lines: string[] } {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  return { clock, random: () => 1, signal: never, warn: say, onWait: say, lines };
}

/** The release of a commit by a run. */
export const ownOf = (sha: string, run: number, more: Partial<Own> = {}): Own => ({
  release: `${sha.slice(0, 12)}-${run}.1`,
  sha,
  at,
  run: { id: run, attempt: 1 },
  ...more,
});

/** The ledger of production as a run of this commit opens it: by its number, the first one unless told otherwise. */
export const openAt = (store: ObjectStore, sha: string, run = 1, io = bookIO()): Promise<LedgerSession> =>
  openLedgerSession(store, { identity: production, shard: undefined, own: ownOf(sha, run) }, io);

/** What a release says of a file. */
export const stored = (content: string, more: Partial<Stored> = {}): Stored => {
  const sum = md5(content);
  return { md5: sum, size: Buffer.byteLength(content), etag: sum, headers: '', ...more };
};

/** A release that put files into the bucket before, and what became of it. */
export async function past(
  store: ObjectStore,
  release: { sha: string; files: readonly string[]; live?: boolean; failed?: boolean; run?: number },
): Promise<void> {
  const session = await openAt(store, release.sha, release.run);
  const objects = new Map(release.files.map((key) => [key, stored('x')]));
  const marks = { ...(release.live ? { live: at } : {}), ...(release.failed ? { failed: true as const } : {}) };
  await session.save({ objects, marks }, never);
}

/** What a stage of the release needs, with some of it given. */
export function stageIO(given: Partial<ReleaseStageIO> = {}): ReleaseStageIO {
  const log = given.log ?? fakeLog();
  const clock = given.clock ?? fakeClock();
  const http = fakeHttp(() => new Error('nobody may ask'));
  const recorder = createRecorder(log, clock);
  const machine = fakeMachine();
  return { recorder, log, clock, http, machine, random: () => 1, signal: never, redactor: createRedactor(), ...given };
}
