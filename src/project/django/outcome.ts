/** What the steps inside Django write. Names are as in their JSON, because that file is the contract of the two languages. */
export interface Outcome {
  readonly project?: ProjectSettings;
  readonly checks?: readonly CheckMessage[] | null;
  readonly migrations?: ModelChanges | null;
  /** Static files whose symbolic link leaves the folder that offers them. */
  readonly escaping?: readonly { readonly file: string; readonly target: string }[] | null;
  /** Static files left out because another with other bytes has their name. */
  readonly duplicates?: readonly DuplicateFile[] | null;
  /** `{% static %}` of the project's templates that names a file which no finder has. */
  readonly templates?: readonly MissingInTemplate[] | null;
  /** Folders that offer more static files than a site has. */
  readonly crowded?: readonly { readonly folder: string; readonly files: number }[] | null;
  /** What a tool of an installed app has to make, and was not there before collectstatic. */
  readonly unmade?: readonly Unmade[] | null;
  readonly collected?: { readonly root: string; readonly manifest: string | null } | null;
  /** Where collectstatic failed: every reference to a file that is not there. */
  readonly missing?: readonly MissingReference[] | null;
  readonly failures: readonly StepFailure[];
  /** Variables and settings that had no value and got one for this run. */
  readonly throw_away?: readonly string[];
  /** Variables without which Django does not start, and for which nothing can be made up. */
  readonly needed?: readonly NeededVariable[];
  /** All steps were tried. */
  readonly finished?: boolean;
}

interface MissingInTemplate {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** Something may render this template. */
  readonly used?: boolean;
  /** A static file that is there and was likely meant. */
  readonly similar?: string | null;
}

/** A file without which pages fail, and the first place in a template that asks for it. */
export interface Unmade {
  /** Name of the app. */
  readonly tool: string;
  /** Below STATIC_ROOT. */
  readonly name: string;
  /** Where the tool writes it, if that is elsewhere too. */
  readonly path: string | null;
  readonly file: string;
  readonly line: number;
}

/** An environment variable, and the line of the project that asks for it. */
export interface NeededVariable {
  readonly name: string;
  readonly file: string | null;
  readonly line: number | null;
}

export interface StorageSettings {
  /** Class path. */
  readonly backend: string;
  /** A subclass of FileSystemStorage. */
  readonly local: boolean;
  /** Names have a hash of the content in them. */
  readonly hashed: boolean;
  /** A page that asks for a file which the manifest has not is answered 500. */
  readonly strict: boolean;
  /** Folder of a local storage, where it is not STATIC_ROOT. */
  readonly location?: string | null;
  /** Where a django-storages class puts files. */
  readonly remote?: {
    readonly bucket?: string;
    readonly endpoint?: string;
    readonly region?: string;
    /** Key prefix. */
    readonly location?: string;
    readonly custom_domain?: string;
    /** Addresses carry a signature that ends after a while. */
    readonly signs_urls?: boolean;
  };
}

/** Where the project's own files assign a setting. */
interface Assignment {
  readonly file: string;
  readonly line: number;
  /** It is written out there, so that nothing on the host changes it. */
  readonly literal: boolean;
  /** Environment variables that decide it and that are not set. */
  readonly variables: readonly string[];
}

export interface ProjectSettings {
  readonly django: string;
  readonly python: string;
  readonly settings_module: string;
  readonly settings_file: string | null;
  /** Neither an input nor the environment named the settings module. */
  readonly chosen_by_manage_py: boolean;
  /** Full names of the modules beside the settings module. */
  readonly siblings: readonly string[];
  readonly assigned: Readonly<Record<string, Assignment>>;
  /** Names of the settings that the project sets. */
  readonly overridden: readonly string[];
  /** Class paths in the settings that STORAGES has replaced. */
  readonly old_storages: Readonly<Record<string, string>>;
  /** SILENCED_SYSTEM_CHECKS. */
  readonly silenced?: readonly string[];
  /** The default database: class path of its engine, and the folder of an SQLite file where it is not there. */
  readonly database?: { readonly engine: string; readonly missing_folder: string | null };
  readonly debug: boolean;
  readonly allowed_hosts: readonly string[];
  readonly csrf_trusted_origins: readonly string[];
  /** CsrfViewMiddleware is there. */
  readonly csrf: boolean;
  readonly ssl_redirect: boolean;
  /** SECURE_PROXY_SSL_HEADER is set. */
  readonly proxy_ssl_header: boolean;
  /** WhiteNoise's middleware is there. */
  readonly whitenoise: boolean;
  readonly static_url: string | null;
  readonly static_root: string | null;
  readonly media_url: string | null;
  readonly media_root: string | null;
  readonly static_storage: StorageSettings | null;
  readonly media_storage: StorageSettings | null;
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
    readonly differences?: readonly ModelDifference[];
    /** The migration would change a database. */
    readonly sql?: boolean;
  }[];
  /** Leaf migrations of apps that have more than one. */
  readonly conflicts: Readonly<Record<string, readonly string[]>>;
}

/** An argument of a field (or an option of a model, where `field` is null) that is another in the migrations. */
export interface ModelDifference {
  readonly model: string;
  readonly field: string | null;
  readonly argument: string;
  readonly before: string;
  readonly after: string;
  /** `machine`: a path or a storage, another one on each machine; `order`: the same values in another order. */
  readonly kind: 'machine' | 'order' | 'change';
}

interface DuplicateFile {
  /** The name that both have below STATIC_ROOT. */
  readonly name: string;
  readonly used: string;
  readonly ignored: string;
}

export interface MissingReference {
  /** The static file that names another, below STATIC_ROOT and on disk. */
  readonly name: string;
  readonly file: string | null;
  readonly line: number;
  /** As it is written there, and what that is below STATIC_ROOT; null where that is outside of it. */
  readonly url: string;
  readonly target: string | null;
}

export interface StepFailure {
  readonly step: 'start' | 'probe' | 'checks' | 'migrations' | 'links' | 'sources' | 'collect';
  /** Name of the exception's class. */
  readonly type: string;
  /** The import that failed, also where another exception was raised for it. */
  readonly import_error: { readonly module: string; readonly message: string } | null;
  readonly message: string;
  /** The exception that all began with, where it says more. */
  readonly cause?: { readonly type: string; readonly message: string } | null;
  /** Environment variables that it asks for and that are not set. */
  readonly variables: readonly string[];
  /** A database could not be asked. */
  readonly database: boolean;
  /** Frames in the project's own files, innermost last. */
  readonly frames: readonly { readonly file: string; readonly line: number }[];
}
