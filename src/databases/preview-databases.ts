import type { Identity } from '../core/identity.ts';

/** A preview's database: its name, and whose preview it is. */
export interface PreviewDatabase {
  readonly name: string;
  readonly identity: Identity;
}

/**
 * `made`: it is new. `found`: it was there, and an earlier run did not come to the end of its preparation. `prepared`: it
 * was migrated and seeded once.
 */
export type Opened = 'made' | 'found' | 'prepared';

/** `left`: there is one of that name, and it does not bear our mark. */
type Dropped = 'dropped' | 'gone' | 'left';

/** The databases of previews on one server. Only what bears the mark of the preview is used, marked again or dropped. */
export interface PreviewDatabases {
  /** Names the server in messages: "PostgreSQL at db.example.com". A MariaDB is "MySQL" until it has answered once, if its URL says so. */
  readonly title: string;
  /**
   * Makes the database, or finds the one that was made for the same preview.
   * @throws DeployError DATABASE_TAKEN where there is one of that name that this action did not make for that preview.
   */
  open(database: PreviewDatabase): Promise<Opened>;
  /** Remembers that it was migrated and seeded. */
  notePrepared(database: PreviewDatabase): Promise<void>;
  /** Drops it, and ends who is connected to it. Doing it again does no harm. */
  drop(database: PreviewDatabase): Promise<Dropped>;
  /** Names of all databases on the server that this action made for a preview of any repository. */
  list(): Promise<readonly string[]>;
  /**
   * Looks whether a database could be made, and changes nothing.
   * @param database Undefined where no pull request is known.
   * @returns What is not sure, as sentences.
   */
  check(database: PreviewDatabase | undefined): Promise<readonly string[]>;
}
