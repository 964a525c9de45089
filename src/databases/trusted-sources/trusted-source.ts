import type { Endpoint } from '../../core/ports.ts';
import type { HostInputs, HostIO, HostOptions } from '../../hosts/contract/host.ts';
import type { HostOption } from '../../hosts/contract/host-option.ts';
import type { Secret } from '../../lib/secret.ts';
import type { IpAddress } from './ip-address.ts';

/** A rule of a database's firewall. */
export interface SourceRule {
  /** What the rule lets in to the database, as an address or in CIDR notation; undefined where it is another thing, as a tag. */
  readonly network: string | undefined;
  /** Its description or name: where the mark of a run is. */
  readonly label: string;
}

export interface SourceList {
  readonly rules: readonly SourceRule[];
  /** Why everybody is let in, as a sentence: a rule more would shut the others out. */
  readonly open?: string;
}

/** Asks whether the vendor has made a change that it is still making. Rejects where it could not. */
export type Pending = (io: HostIO) => Promise<boolean>;

/**
 * The firewall of one database at one vendor. It never waits, repeats or logs. Every change can be asked for again: what is
 * there already, or gone already, is left as it is. Rules without the mark of a call are never changed.
 */
export interface TrustedSource {
  list(io: HostIO): Promise<SourceList>;
  /** Lets an address in, under the mark of a run. */
  add(address: IpAddress, mark: string, io: HostIO): Promise<Pending | undefined>;
  /** Takes out what has this mark. */
  remove(mark: string, io: HostIO): Promise<Pending | undefined>;
}

/** A vendor of databases: data and checks that ask nobody. */
export interface TrustedSourceDefinition {
  /** In messages: "DigitalOcean". */
  readonly title: string;
  /** What the vendor calls the rules: "the trusted sources of the database cluster". */
  readonly rules: string;
  /** The least that the credential must be allowed to do. */
  readonly rights: string;
  /** The vendor takes IPv6 addresses. */
  readonly ipv6?: true;
  /** Hosts of the same vendor: their credential and their options count here too. */
  readonly hosts: readonly string[];
  /** Whether a token is one of this vendor's API; every one is where absent. */
  readonly takesToken?: (token: Secret, options: HostOptions) => boolean;
  /** What trusted-source-token is, as a noun; undefined where the vendor's own chain gives a credential. */
  readonly token?: string;
  readonly options: readonly HostOption[];
  /**
   * Milliseconds after a change in which another run, which read the list before it, may have put back the old one. Absent
   * where the vendor changes one rule at a time.
   */
  readonly settle?: number;
  /** Where or by which command somebody takes out the rule of a mark. */
  byHand(id: string, mark: string): string;
  create(id: string, inputs: HostInputs, database: Endpoint | undefined): Promise<TrustedSource>;
}
