import type { DeployError } from '../../src/core/errors.ts';
import type { Http } from '../../src/core/ports.ts';
import {
  type Host,
  HostAnswerError,
  type HostRelease,
  type HostStatus,
  type ReleaseRequest,
} from '../../src/hosts/contract/host.ts';
import { createRedactor } from '../../src/lib/secret.ts';
import { releaseTo } from '../../src/release/release-to-host.ts';
import { fakeClock, fakeHttp, never } from './fakes.ts';
import { fakeMachine } from './host-io.ts';

export const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
export const otherSha = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';
export const minutes = 60_000;

export const request: ReleaseRequest = {
  release: '5ad1c8f0d0d1-12.1',
  sha,
  branch: 'main',
  environment: 'production',
  repository: 'acme/shop',
  runUrl: 'https://github.test/acme/shop/actions/runs/12',
  variables: {},
  artifact: undefined,
};

/** An answer, a failure, or what to do to get one of them. */
export type Turn<T> = T | Error | (() => T | Error);

/** Takes one turn after the other, the last one for ever. */
export function turns<T>(list: readonly Turn<T>[]): { take(): T; taken(): number } {
  let taken = 0;
  return {
    taken: () => taken,
    take() {
      const turn = list[Math.min(taken++, list.length - 1)] as Turn<T>;
      const given = typeof turn === 'function' ? (turn as () => T | Error)() : turn;
      if (given instanceof Error) throw given;
      return given;
    },
  };
}

export const refused = (status: number, retryAfter?: number) =>
  new HostAnswerError(`the API: HTTP ${status}`, status, retryAfter);

export interface Story {
  /** Answers to the request to deploy; one that names the deploy unless told otherwise. */
  triggers?: Turn<Partial<HostRelease>>[];
  /** What the host says of its deploy; a host that tells nothing where absent. */
  statuses?: Turn<HostStatus>[];
  more?: Partial<Host>;
  http?: Http;
  /** Milliseconds from the start. */
  deadline?: number;
  signal?: AbortSignal;
  onRelease?: (release: HostRelease) => void;
}

/** Releases to a host that behaves as told, in the time of a fake clock. */
export async function releaseAs(story: Story) {
  const { deadline = 20 * minutes } = story;
  const clock = fakeClock();
  const began = clock.now();
  const lines: string[] = [];
  const triggers = turns(story.triggers ?? [{ id: 'dep-1' }]);
  const statuses = turns(story.statuses ?? []);
  const host: Host = {
    trigger: async (asked) => ({ startedAt: clock.now(), sha: asked.sha, ...triggers.take() }),
    ...(story.statuses ? { status: async () => statuses.take() } : {}),
    ...story.more,
  };
  const io = {
    http: story.http ?? fakeHttp(() => new Error('nobody may ask')),
    machine: fakeMachine(),
    clock,
    random: () => 1,
    signal: story.signal ?? never,
    redactor: createRedactor(),
    onLine: (line: string) => void lines.push(line),
    ...(story.onRelease ? { onRelease: story.onRelease } : {}),
  };
  const [outcome, error] = await releaseTo(host, 'Testhost', request, began + deadline, io).then(
    (found) => [found, undefined] as const,
    (thrown: unknown) => [undefined, thrown as DeployError] as const,
  );
  const elapsed = clock.now() - began;
  return { outcome, error, lines, elapsed, asked: triggers.taken(), polled: statuses.taken() };
}
