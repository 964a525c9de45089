import type { DeployError } from '../../src/core/errors.ts';
import type { HttpResponse } from '../../src/core/ports.ts';
import type { FilesBefore } from '../../src/release/asset-report.ts';
import type { Expectation } from '../../src/release/expectation.ts';
import type { Marks } from '../../src/release/judge.ts';
import { prove } from '../../src/release/proof.ts';
import type { ReleaseFiles } from '../../src/release/release-files.ts';
import type { WayBack } from '../../src/release/round.ts';
import { answer, fakeClock, fakeHttp, never } from './fakes.ts';

export const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
export const fresh = 'app.5af66c1b1797.css';
export const stale = 'app.111111111111.css';
export const minutes = 60_000;

export const pageOf = (name: string, headers: Record<string, string> = {}) =>
  answer(200, `<link rel="stylesheet" href="/static/${name}">`, headers);
export const oldPage = pageOf(stale);
export const newPage = pageOf(fresh);
/** A page that looks the same in every release. */
export const plainPage = pageOf('base.222222222222.css');
export const css = answer(200, 'p { color: red }', { 'content-type': 'text/css' });

/** What the release of these tests put out: one style sheet. */
export const files: ReleaseFiles = {
  names: new Set([fresh]),
  staticUrl: 'https://site.test/static/',
  md5Of: () => undefined,
};

export const required: Expectation = {
  need: 'required',
  assets: new Set([fresh]),
  names: new Set([fresh]),
  expected: `a page with ${fresh}`,
  patience: 0,
};
export const possible: Expectation = { ...required, need: 'possible', patience: 3 * minutes };
export const none: Expectation = { ...required, need: 'none', assets: new Set(), expected: '', patience: 0 };

export interface Scene {
  /** The page of a request (from 1) at a time (milliseconds since the start). */
  page: (request: number, time: number) => HttpResponse | Error;
  /** What else is there, by path; style sheets load unless told otherwise. */
  file?: (path: string, request: number) => HttpResponse | Error;
  marks?: Partial<Marks>;
  /** How the files loaded before the release. */
  before?: FilesBefore;
  files?: ReleaseFiles;
  expectation?: Expectation;
  fineBefore?: boolean;
  wayBack?: WayBack;
  isHostsOwn?: (url: string) => Promise<boolean>;
  /** Milliseconds from the start. */
  deadline?: number;
  signal?: AbortSignal;
}

/** Watches a site in the time of a fake clock until it is proven or not. */
export async function watch(scene: Scene) {
  const { expectation = required, deadline = 20 * minutes } = scene;
  const clock = fakeClock();
  const began = clock.now();
  const told: string[] = [];
  let round = 0;
  const http = fakeHttp(({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === '/health/') return scene.page(++round, clock.now() - began);
    return scene.file?.(pathname, round) ?? css;
  });
  const base = { sha, release: '5ad1c8f0d0d1-12.1', header: undefined, path: undefined, body: undefined };
  const marks: Marks = { ...base, hostSays: undefined, assets: expectation.assets, ...scene.marks };
  const scope = { ours: new Set<string>(), files: scene.files ?? files };
  const at = { url: 'https://site.test', healthPath: '/health/' };
  const { isHostsOwn, fineBefore = false, wayBack } = scene;
  const request = { ...at, fineBefore, wayBack, marks, expectation, isHostsOwn, scope, filesBefore: scene.before };
  const io = {
    http,
    clock,
    random: () => 1,
    signal: scene.signal ?? never,
    onWait: (line: string) => void told.push(line),
  };
  const result = prove({ ...request, deadline: began + deadline }, io);
  const [proof, error] = await result.then(
    (found) => [found, undefined] as const,
    (thrown: unknown) => [undefined, thrown as DeployError] as const,
  );
  return { proof, error, http, told, pages: round, elapsed: clock.now() - began };
}

/** One page a request, the last one for ever. */
export const ofRound =
  (...pages: HttpResponse[]) =>
  (round: number) =>
    pages[Math.min(round, pages.length) - 1] as HttpResponse;
