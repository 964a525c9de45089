import type { HttpRequest, HttpResponse } from '../../src/core/ports.ts';
import type { Host, HostDefinition, Preview, ReleaseRequest, RollbackTarget } from '../../src/hosts/contract/host.ts';
import { answer } from './fakes.ts';

type Asked = 'trigger' | 'preview' | 'teardown' | 'rollback';

/** A host in memory that can do everything, and the site that it serves. */
export interface Harbour {
  readonly definition: HostDefinition;
  /** Commits that were put live, oldest first; the last one is what the site shows. */
  readonly live: string[];
  /** Commits of the previews that there are, by pull request. */
  readonly previews: Map<number, string>;
  readonly asked: [Asked, ReleaseRequest][];
  /** Where a rollback was to lead. */
  readonly targets: (RollbackTarget | undefined)[];
  /** What such a request fails with from now on. */
  readonly refuse: Map<Asked, Error>;
  /** The site: each page says the commit that it is of. */
  page(request: HttpRequest): HttpResponse;
}

export const harbourSite = 'https://harbour.test';
const previewSite = /^https:\/\/pr-(\d+)\.harbour\.test\//;

export function createHarbour(more: Partial<HostDefinition> = {}): Harbour {
  const live: string[] = [];
  const previews = new Map<number, string>();
  const asked: Harbour['asked'] = [];
  const targets: Harbour['targets'] = [];
  const refuse: Harbour['refuse'] = new Map();

  function take(what: Asked, request: ReleaseRequest): void {
    asked.push([what, request]);
    const failure = refuse.get(what);
    if (failure) throw failure;
  }

  const previewOf = (number: number): Preview => ({
    async trigger(request, { now }) {
      take('preview', request);
      previews.set(number, request.sha);
      return { startedAt: now(), sha: request.sha, url: `https://pr-${number}.harbour.test` };
    },
    async destroy(request) {
      take('teardown', request);
      return previews.delete(number)
        ? { outcome: 'removed', message: 'it is gone' }
        : { outcome: 'gone', message: 'it was gone' };
    },
  });

  const url = async () => harbourSite;
  const back = (to: RollbackTarget | undefined): Host => ({
    url,
    async trigger(request, { now }) {
      take('rollback', request);
      targets.push(to);
      const sha = to?.sha ?? live.findLast((one) => one !== live.at(-1)) ?? '';
      live.push(sha);
      return { startedAt: now(), sha };
    },
  });

  const host: Host = {
    async trigger(request, { now }) {
      take('trigger', request);
      live.push(request.sha);
      return { startedAt: now(), sha: request.sha };
    },
    url,
    rollback: back,
    preview: previewOf,
  };
  const definition: HostDefinition = {
    title: 'Harbour',
    page: 'harbour.md',
    ways: [],
    options: [],
    matches: () => true,
    check: () => [],
    lacks: () => undefined,
    create: () => host,
    ...more,
  };
  return {
    definition,
    live,
    previews,
    asked,
    targets,
    refuse,
    page({ url }) {
      const number = previewSite.exec(url)?.[1];
      const sha = number === undefined ? live.at(-1) : previews.get(Number(number));
      return sha === undefined ? answer(404) : answer(200, '<h1>Harbour</h1>', { 'x-release': sha });
    },
  };
}
