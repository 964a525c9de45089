/** What emulators of hosts share: deploys that go through states, and sites. */
export interface Staged {
  readonly id: string;
  state: string;
}

/**
 * Lets a deploy go on whenever somebody looks at it: through these states, one for each look, staying at the last. One that
 * was ended from outside stays as it is.
 */
export function stages(states: readonly string[]): (deploy: Staged) => string {
  const looks = new Map<string, number>();
  return (deploy) => {
    const at = looks.get(deploy.id) ?? 0;
    looks.set(deploy.id, at + 1);
    return states[Math.min(at, states.length - 1)] ?? deploy.state;
  };
}

/** Ids that look like those of the vendor and come in order. */
export function uuids(prefix: string): () => string {
  let made = 0;
  return () => `${prefix}-0000-4000-8000-${String(++made).padStart(12, '0')}`;
}

/** What every emulator of a host can be told. */
export interface HostPlot {
  /** States that a deploy goes through. */
  readonly states?: readonly string[];
  /** Answers to a request to deploy do not tell an id. */
  readonly hidesId?: boolean;
  /** Deployed instead of what was asked for. */
  readonly otherCommit?: string;
  readonly now?: () => number;
}
