/** What Render's emulator remembers: services, their previews and the deploys of each. */

export interface RenderDeploy {
  readonly id: string;
  status: string;
  readonly trigger: string;
  /** Of services built from git. */
  readonly commit?: { readonly id: string };
  /** Of services that run an image. */
  readonly image?: { readonly ref: string };
  readonly createdAt: string;
}

export interface RenderService {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly parent?: RenderService;
  /** The newest first. */
  readonly deploys: RenderDeploy[];
  /** Its variables; a deploy has those that are there when it begins. */
  readonly variables?: Map<string, string>;
}

export interface WorldOptions {
  /** Status words that a deploy goes through, one for each look at it; it stays at the last. */
  readonly script?: readonly string[];
  /** The commit that is deployed, whatever was asked for. */
  readonly otherCommit?: string;
  readonly onDeploy?: (commitOrImage: string) => void;
}

const ended = /^(live|deactivated|canceled|.*_failed)$/;

export class RenderWorld {
  readonly main: RenderService;
  readonly previews: RenderService[] = [];
  readonly #options: WorldOptions;
  readonly #looks = new Map<string, number>();
  #made = 0;
  #began = 0;

  constructor(main: RenderService, options: WorldOptions) {
    this.main = main;
    this.#options = options;
  }

  find(id: string): RenderService | undefined {
    return [this.main, ...this.previews].find((service) => service.id === id);
  }

  begin(service: RenderService, trigger: string, from: Pick<RenderDeploy, 'commit' | 'image'>): RenderDeploy {
    const id = `dep-${String(++this.#began).padStart(20, '0')}`;
    const { otherCommit } = this.#options;
    const source = otherCommit === undefined ? from : { commit: { id: otherCommit } };
    const deploy = { id, status: 'created', trigger, ...source, createdAt: new Date().toISOString() };
    service.deploys.unshift(deploy);
    this.#options.onDeploy?.(from.commit?.id ?? from.image?.ref ?? '');
    return deploy;
  }

  /** A deploy goes on whenever somebody looks at it; one that goes live takes the place of the one before. */
  look(service: RenderService, deploy: RenderDeploy): RenderDeploy {
    if (ended.test(deploy.status)) return deploy;
    const script = this.#options.script ?? ['build_in_progress', 'update_in_progress', 'live'];
    const at = this.#looks.get(deploy.id) ?? 0;
    this.#looks.set(deploy.id, at + 1);
    const word = script[Math.min(at, script.length - 1)] ?? 'live';
    if (word === 'live') for (const other of service.deploys) if (other.status === 'live') other.status = 'deactivated';
    deploy.status = word;
    return deploy;
  }

  makePreview(name: string): RenderService {
    const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const id = `srv-${String(++this.#made).padStart(20, '0')}`;
    const preview = {
      id,
      name,
      url: `https://${slug}.onrender.com`,
      parent: this.main,
      deploys: [],
      variables: new Map(this.main.variables),
    };
    this.previews.push(preview);
    return preview;
  }

  /** What Render does by itself when somebody pushes to a pull request of a service with previews. */
  push(pullRequest: number, sha: string): void {
    const name = `${this.main.name} PR #${pullRequest}`;
    const preview = this.previews.find((one) => one.name === name) ?? this.makePreview(name);
    this.begin(preview, 'new_commit', { commit: { id: sha } });
  }

  remove(service: RenderService): void {
    this.previews.splice(this.previews.indexOf(service), 1);
  }
}
