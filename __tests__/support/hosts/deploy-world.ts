/** A deploy at an emulated host. */
export interface WorldDeploy {
  readonly id: string;
  readonly commit: string;
  status: string;
  readonly createdAt: string;
  readonly isRollback: boolean;
}

export interface WorldOptions {
  /** Words that a deploy goes through, one for each look at it; it stays at the last. */
  readonly script: readonly string[];
  /** The word of a deploy that serves. */
  readonly live: string;
  /** The word of a deploy that served until a newer one did. */
  readonly replaced: string;
  /** Words after which nothing changes any more, apart from those two. */
  readonly ended: readonly string[];
  /** The commit that is deployed, whatever was asked for. */
  readonly otherCommit?: string;
  /** A deploy of this commit goes live instead, when the script is at its end. */
  readonly supersededBy?: string;
  readonly now?: () => number;
  readonly idOf?: (count: number) => string;
}

/** Deploys of any number of places, each with its own history: a service, a preview. */
export class DeployWorld {
  readonly #places = new Map<string, WorldDeploy[]>();
  readonly #looks = new Map<string, number>();
  readonly #options: WorldOptions;
  #count = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
  }

  /** Deploys of a place, the newest first. */
  of(place: string): WorldDeploy[] {
    const found = this.#places.get(place) ?? [];
    this.#places.set(place, found);
    return found;
  }

  remove(place: string): boolean {
    return this.#places.delete(place);
  }

  begin(place: string, commit: string, status = 'new', isRollback = false): WorldDeploy {
    const { otherCommit, now = Date.now, idOf = (count: number) => `deploy-${count}` } = this.#options;
    const deploy = {
      id: idOf(++this.#count),
      commit: otherCommit ?? commit,
      status,
      createdAt: new Date(now()).toISOString(),
      isRollback,
    };
    this.of(place).unshift(deploy);
    return deploy;
  }

  find(id: string): { readonly place: string; readonly deploy: WorldDeploy } | undefined {
    for (const [place, deploys] of this.#places) {
      const deploy = deploys.find((one) => one.id === id);
      if (deploy) return { place, deploy };
    }
    return undefined;
  }

  /** The deploy that a place serves. */
  served(place: string): WorldDeploy | undefined {
    return this.of(place).find(({ status }) => status === this.#options.live);
  }

  /** A deploy goes on whenever somebody looks at it. */
  look(place: string, deploy: WorldDeploy): WorldDeploy {
    const { script, live, replaced, ended, supersededBy } = this.#options;
    if ([live, replaced, ...ended].includes(deploy.status)) return deploy;
    const at = this.#looks.get(deploy.id) ?? 0;
    this.#looks.set(deploy.id, at + 1);
    const word = script[Math.min(at, script.length - 1)] ?? live;
    if (word === live) this.#retire(place);
    deploy.status = word;
    if (supersededBy !== undefined && at >= script.length - 1) {
      this.#retire(place);
      deploy.status = replaced;
      const newer = this.begin(place, supersededBy, live);
      this.#looks.set(newer.id, script.length);
    }
    return deploy;
  }

  #retire(place: string): void {
    for (const other of this.of(place)) if (other.status === this.#options.live) other.status = this.#options.replaced;
  }
}
