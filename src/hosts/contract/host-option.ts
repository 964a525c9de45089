/** One name that `host-options` may hold. What is checked, masked and shown in the docs comes from here. */
export interface HostOption {
  readonly name: string;
  /** One line for the docs. */
  readonly meaning: string;
  /** A value that passes the host's checks, as the docs show it. */
  readonly example: string;
  /** The host cannot do without it, whatever the run wants of it. */
  readonly required?: true;
  /** It is masked: the whole value, or those parts of it. */
  readonly secret?: true | ((value: string) => readonly string[]);
  /** It may be on several lines; one of any other option is a mistake. */
  readonly repeatable?: true;
  /** The values that it may have. */
  readonly choices?: readonly string[];
  /** What is wrong with a value, as half a sentence; secret values are not quoted in it. */
  readonly check?: (value: string) => string | undefined;
}

/** What one of the inputs `service`, `host-token` and `deploy-hook` is at a host. */
export interface HostNeed {
  /** As a noun: "the id of the web service". */
  readonly meaning: string;
  /** A value that passes the host's checks; of a secret one that is made up. */
  readonly example: string;
  /** The usual name of the secret that holds it, in workflows of that host; the host's name and `_TOKEN` where absent. */
  readonly secretName?: string;
  /** The intents that cannot do without it; rules between several inputs are the host's `check`. */
  readonly requiredFor?: readonly HostIntent[];
}

/** What a run wants of a host; each needs other inputs. */
export const everyIntent = ['deploy', 'preview', 'rollback'] as const;

export type HostIntent = (typeof everyIntent)[number];

/** The inputs of which a host says what they are there. */
export type NeedName = 'service' | 'host-token' | 'deploy-hook';
