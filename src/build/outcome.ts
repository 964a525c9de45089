import { isNumber, isObject, isText, listOf, orNothing, shape } from '../lib/shape.ts';

/** What django_steps.py writes. Names are as in its JSON, because that file is the contract of the two languages. */
export interface Outcome {
  readonly project?: ProjectSettings;
  readonly checks?: readonly CheckMessage[] | null;
  readonly migrations?: ModelChanges | null;
  /** Static files whose symbolic link leaves the folder that offers them. */
  readonly escaping?: readonly { readonly file: string; readonly target: string }[] | null;
  readonly collected?: { readonly root: string; readonly manifest: string | null } | null;
  readonly failures: readonly StepFailure[];
  /** All steps were tried. */
  readonly finished?: boolean;
}

export interface StorageSettings {
  /** Class path. */
  readonly backend: string;
  /** A subclass of FileSystemStorage. */
  readonly local: boolean;
  /** Names have a hash of the content in them. */
  readonly hashed: boolean;
  /** Where a django-storages class puts files. */
  readonly remote?: {
    readonly bucket?: string;
    readonly endpoint?: string;
    readonly region?: string;
    /** Key prefix. */
    readonly location?: string;
    readonly custom_domain?: string;
  };
}

export interface ProjectSettings {
  readonly django: string;
  readonly python: string;
  readonly settings_module: string;
  readonly settings_file: string | null;
  readonly debug: boolean;
  readonly static_url: string | null;
  readonly static_root: string | null;
  readonly media_url: string | null;
  readonly media_root: string | null;
  readonly static_storage: StorageSettings | null;
  readonly media_storage: StorageSettings | null;
  readonly dead_staticfiles_storage: boolean;
}

/** django.core.checks.CheckMessage. */
export interface CheckMessage {
  /** 10 debug, 20 info, 30 warning, 40 error, 50 critical. */
  readonly level: number;
  readonly id: string | null;
  readonly text: string;
  readonly hint: string | null;
  readonly object: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

export interface ModelChanges {
  readonly changes: readonly {
    readonly app: string;
    /** The app is the project's own, not an installed package. */
    readonly own: boolean;
    readonly file: string | null;
    readonly operations: readonly string[];
  }[];
  /** Leaf migrations of apps that have more than one. */
  readonly conflicts: Readonly<Record<string, readonly string[]>>;
}

export interface StepFailure {
  readonly step: 'start' | 'probe' | 'checks' | 'migrations' | 'links' | 'collect';
  /** Name of the exception's class. */
  readonly type: string;
  /** The module that an ImportError names. */
  readonly module: string | null;
  readonly message: string;
  /** Frames in the project's own files, innermost last. */
  readonly frames: readonly { readonly file: string; readonly line: number }[];
}

const isFrame = shape({ file: isText, line: isNumber });
const isProject = shape({ django: isText, python: isText, settings_module: isText });
export const isOutcome = shape({
  project: (value) => value === undefined || isProject(value),
  checks: orNothing(listOf(shape({ level: isNumber, text: isText }))),
  migrations: orNothing(
    shape({ changes: listOf(shape({ app: isText, operations: listOf(isText) })), conflicts: isObject }),
  ),
  escaping: orNothing(listOf(shape({ file: isText, target: isText }))),
  collected: orNothing(shape({ root: isText, manifest: orNothing(isText) })),
  failures: listOf(shape({ step: isText, type: isText, message: isText, frames: listOf(isFrame) })),
});

/**
 * Reads the outcome. The project's code ran in the process that wrote it, so it is looked at before it is believed.
 * Undefined where it is no outcome at all.
 */
export function readOutcome(text: string): Outcome | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isOutcome(value) ? (value as Outcome) : undefined;
  } catch {
    return undefined;
  }
}
