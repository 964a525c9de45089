import type { Log } from '../core/ports.ts';
import { version } from '../core/version.ts';

/** What the first line of the log tells of the run, as far as it is known when something has to be said. */
export interface RunFacts {
  /** What the action was referred to by: a tag, a branch or a commit. */
  readonly ref?: string | undefined;
  /** The command, or what the event makes of `auto`. */
  readonly command?: string | undefined;
  readonly environment?: string | undefined;
  /** The whole commit id. */
  readonly sha?: string | undefined;
  /** Name of the event. */
  readonly event?: string | undefined;
}

/** `Deploy Django 1.2.3 (v1): deploy, environment production, commit 1a2b3c4d5e6f, event push`. */
export function headLine({ ref, command, environment, sha, event }: RunFacts): string {
  const facts = [
    command,
    environment && `environment ${environment}`,
    sha && `commit ${sha.slice(0, 12)}`,
    event && `event ${event}`,
  ].filter((fact) => fact !== undefined && fact !== '');
  return `Deploy Django ${version}${ref ? ` (${ref})` : ''}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}`;
}

/** Holds back what is said before the run knows what it does, so that the first line of the log can tell that. */
export interface Opening {
  /** Facts for the first line; later ones replace earlier ones. */
  know(facts: RunFacts): void;
  /** Says it after the first line. */
  after(say: () => void): void;
  /** Writes the first line, and what was held back. Doing it again does nothing. */
  begin(): void;
}

export function createOpening(log: Pick<Log, 'info'>): Opening {
  let known: RunFacts = {};
  let held: (() => void)[] | undefined = [];
  return {
    know(facts) {
      known = { ...known, ...facts };
    },
    after(say) {
      if (held) held.push(say);
      else say();
    },
    begin() {
      if (!held) return;
      const later = held;
      held = undefined;
      log.info(headLine(known));
      for (const say of later) say();
    },
  };
}
