import type { ArtifactFormat } from '../core/artifact-format.ts';
import type { ChosenSource } from '../databases/trusted-sources/choose-source.ts';
import type { HostInputs } from '../hosts/contract/host.ts';
import type { Secret } from '../lib/secret.ts';
import type { Values } from './table.ts';

/** Rows whose value gets another form, or goes together with others'. */
type Composed =
  | 'endpoint'
  | 'productionBranch'
  | 'rollback'
  | 'prune'
  | 'concurrency'
  | 'artifactFormat'
  | 'service'
  | 'hostToken'
  | 'deployHook'
  | 'hostOptions'
  | 'trustedSource';

/** Every input of the step, parsed. Empty ones are undefined; later stages fill them from settings, event or host. */
export interface Inputs extends Omit<Values, Composed> {
  readonly artifactFormat: ArtifactFormat;
  readonly endpoint: string | undefined;
  /** Vendor of the bucket, where the endpoint names it: `ceph+https://s3.example.com`. */
  readonly vendor: string | undefined;
  /** Of the keys, where they are those of the environment. */
  readonly sessionToken: Secret | undefined;
  /** What the environment says of AWS, which counts where neither inputs nor settings say it. */
  readonly ambient: { readonly region: string | undefined; readonly endpoint: string | undefined };
  /** Milliseconds after which static files that no release names go; undefined is `off`. */
  readonly prune: number | undefined;
  /** Uploads at once; undefined is `auto`. */
  readonly concurrency: number | undefined;
  /** A key of the map of hosts, or `none`; still `auto` if the inputs lead to no host. */
  readonly host: string;
  readonly hostInputs: HostInputs;
  /** The firewall of the database, with the credential and the options that count there. */
  readonly trustedSource: ChosenSource | undefined;
  /** Put the release before back where the proof fails. */
  readonly rollback: boolean;
  /** The release to go back to: its id, or a commit. Undefined is the one before the live one. */
  readonly rollbackTo: string | undefined;
  /** Globs of branches whose pushes go to production; none is the default branch. */
  readonly productionBranches: readonly string[];
}
