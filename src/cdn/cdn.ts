import type { HostIO } from '../hosts/contract/host.ts';
import type { Secret } from '../lib/secret.ts';
import type { SigningCredentials } from '../store/s3/signature.ts';

/** An object of the bucket of which a CDN may have an older copy. */
export interface StaleObject {
  readonly key: string;
  /** Address under which visitors ask for it, encoded as browsers send it; undefined where it is not known. */
  readonly url: string | undefined;
}

/** One request to purge. */
export interface PurgeRequest {
  /** Paths or addresses as the CDN takes them, and as they are shown. */
  readonly paths: readonly string[];
  /** They stand for everything below them. */
  readonly folders: boolean;
}

export interface Purge {
  readonly requests: readonly PurgeRequest[];
  /** Keys that cannot be purged, because the CDN wants an address and none is known. */
  readonly unknown: readonly string[];
}

/** What a CDN says of itself. */
export interface CdnFound {
  /** Domains under which it serves; of a zone, the domain that they end in. */
  readonly domains: readonly string[];
  /** What keeps it from serving, as sentences. */
  readonly warnings: readonly string[];
}

/**
 * A place that keeps copies of the bucket's files. It plans and asks; waiting and trying again belong to `release/`. Failures
 * are HostAnswerError or HttpError, as those of hosts are.
 */
export interface Cdn {
  /** Looks whether the id and the credential lead to it. Purges nothing. */
  check(io: HostIO): Promise<CdnFound>;
  /** The requests that purge these objects, within the limits of the CDN. */
  plan(stale: readonly StaleObject[]): Purge;
  /** Sends one request; the id by which it can be followed, where there is one. Sending it again does no harm. */
  send(request: PurgeRequest, io: HostIO): Promise<string | undefined>;
  /** Whether no edge has the old copies any more; absent where the CDN does not say. */
  isDone?(id: string, io: HostIO): Promise<boolean>;
  /** What a person types to do the same. */
  command(purge: Purge): string;
}

/** What a CDN is made from. */
export interface CdnInputs {
  readonly id: string;
  /** Absent where the CDN takes keys of AWS. */
  readonly token: Secret | undefined;
  /** Keys of AWS among the inputs; without them the standard chain. */
  readonly keys: SigningCredentials | undefined;
  readonly apiUrl: string | undefined;
  /** Id of the release, so that the same request is known for the same. */
  readonly release: string;
  /** Origins of pages that ask for the files with an Origin header. */
  readonly origins: readonly string[];
}

/** A CDN as inputs and docs see it: data, and checks that ask nobody. */
export interface CdnDefinition {
  /** In messages: "CloudFront". */
  readonly title: string;
  /** What the id is, as a noun, and one that passes the check. */
  readonly id: { readonly meaning: string; readonly example: string };
  /** It takes a token; else keys of AWS. */
  readonly takesToken: boolean;
  /** It purges addresses, so that it has to know where its files are. */
  readonly needsAddress: boolean;
  /** The right that a purge needs. */
  readonly right: string;
  /** What is wrong with an id, as half a sentence. */
  check(id: string): string | undefined;
}
