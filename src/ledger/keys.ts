import { type Identity, identityPath, parseIdentityPath } from '../core/identity.ts';
import type { RunOrder } from '../core/run-order.ts';
import { ledgerFolder } from '../store/ledger-folder.ts';
import type { Shard } from '../store/shard.ts';

/*
 * .deploy-django/<repository>/<push or preview>/<name>[@<app>][.<i>-of-<n>].json        the ledger of an identity
 * .deploy-django/<repository>/<push or preview>/<name>[@<app>][.<i>-of-<n>]/<run>.plan.json   what a run is about to send
 * .deploy-django/<repository>/<push or preview>/<name>[@<app>][.<i>-of-<n>]/<run>.lease.json  a run that exchanges or deletes files
 *
 * A run notes things under keys of its own, because DigitalOcean Spaces takes five PUTs of one key in five minutes, and the
 * ledger is written once a deploy.
 */

/** What all keys of an identity's ledger begin with; a sharded sync has a ledger for each part. */
const ledgerBase = (identity: Identity, shard?: Shard): string =>
  `${ledgerFolder}${identityPath(identity)}${shard ? `.${shard.index}-of-${shard.of}` : ''}`;

export const ledgerKey = (identity: Identity, shard?: Shard): string => `${ledgerBase(identity, shard)}.json`;

/** Folder of what the runs of an identity note while they are under way. */
export const notesFolder = (identity: Identity, shard?: Shard): string => `${ledgerBase(identity, shard)}/`;

export type NoteKind = 'plan' | 'lease';

/** @param mark Tells two jobs of one run apart. */
export const noteKey = (folder: string, { id, attempt }: RunOrder, mark: string, kind: NoteKind): string =>
  `${folder}${id}-${attempt}-${mark}.${kind}.json`;

/** What a key below the ledgers' folder is. */
export interface LedgerOwner {
  readonly identity: Identity;
  /** One part of a sharded sync. */
  readonly sharded: boolean;
  /** It is a run's note and not the ledger itself. */
  readonly note: NoteKind | undefined;
}

const ownerPattern = /^([^.]+?)(\.\d+-of-\d+)?(?:\/\d+-\d+-[0-9a-f]+\.(plan|lease))?\.json$/;

/** Whose ledger or note a key is; undefined if it is neither. */
export function ledgerOwner(key: string): LedgerOwner | undefined {
  if (!key.startsWith(ledgerFolder)) return undefined;
  const [, path = '', shard, note] = ownerPattern.exec(key.slice(ledgerFolder.length)) ?? [];
  const identity = parseIdentityPath(path);
  return identity && { identity, sharded: shard !== undefined, note: note as NoteKind | undefined };
}
