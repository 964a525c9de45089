/** A run of a workflow. GitHub counts ids up over all runs of a repository, and attempts over the re-runs of one. */
export interface RunOrder {
  readonly id: number;
  readonly attempt: number;
}

/** Less than 0 where the first run is older, more than 0 where it is newer. */
export const compareRuns = (one: RunOrder, other: RunOrder): number => one.id - other.id || one.attempt - other.attempt;
