import type { Identity } from '../../core/identity.ts';
import { showFindings } from '../../project/preflight/show-findings.ts';
import type { ChosenHost } from '../../release/before.ts';
import type { Finding } from '../../report/finding.ts';
import type { BucketAddress } from '../../store/addresses.ts';
import type { ObjectStore } from '../../store/store.ts';
import { chooseHost } from './choose-host.ts';
import { type Bucket, openStore, readLedgerOf } from './open-bucket.ts';
import type { RunParts } from './run-parts.ts';
import { siteOf } from './site.ts';

/** One run. What it works with is made when it is first asked for, and once. */
export interface Run extends RunParts {
  /** Whose deploy this is. */
  readonly identity: Identity;
  /** The public URL as the inputs name it, without a slash at its end. */
  readonly site: string | undefined;
  /** Who is asked to deploy; undefined if the inputs name no host. */
  host(): Promise<ChosenHost | undefined>;
  /** The store at an address, before anything is asked of it. */
  storeAt(address: BucketAddress): Promise<ObjectStore>;
  /** The bucket at an address, with what its ledger says. */
  bucket(address: BucketAddress): Promise<Bucket>;
  /** The same bucket, its ledger opened for a release of another commit. */
  bucketFor(address: BucketAddress, sha: string): Promise<Bucket>;
  /** Shows findings in the log. */
  tell(findings: readonly Finding[]): void;
  /** A run for another plan and event, over the same connections. */
  as(other: Pick<RunParts, 'plan' | 'context'>): Run;
}

/** Does the work when it is asked for the first time, and gives the same result from then on. */
function once<T>(work: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}

/** Does the work once for each key. */
function onceFor<K, T>(work: (key: K) => T): (key: K) => T {
  const made = new Map<string, T>();
  return (key) => {
    const name = JSON.stringify(key);
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = work(key);
    made.set(name, value);
    return value;
  };
}

export function createRun(parts: RunParts): Run {
  return runWith(
    parts,
    onceFor((address: BucketAddress) => openStore(parts, address)),
  );
}

function runWith(parts: RunParts, storeAt: (address: BucketAddress) => Promise<ObjectStore>): Run {
  const open = async (address: BucketAddress, sha: string) => readLedgerOf(parts, await storeAt(address), sha);
  return {
    ...parts,
    identity: parts.plan.identity,
    site: siteOf(parts),
    host: once(() => chooseHost(parts)),
    storeAt,
    bucket: onceFor((address) => open(address, parts.context.sha)),
    bucketFor: open,
    tell: (findings) => showFindings(findings, parts.ports.log),
    as: (other) => runWith({ ...parts, ...other }, storeAt),
  };
}
