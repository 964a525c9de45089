import * as v from 'valibot';
import { count, mapOf, type Parsed, parseJson, type Shaped } from '../../lib/json-shape.ts';
import { settingsSchema } from './settings-shape.ts';

const maybeText = v.nullable(v.string());
const texts = v.array(v.string());
const maybe = <Schema extends v.GenericSchema>(schema: Schema) => v.exactOptional(v.nullable(schema));

/** django.core.checks.CheckMessage. */
const checkMessage = v.object({
  /** 10 debug, 20 info, 30 warning, 40 error, 50 critical. */
  level: v.number(),
  id: maybeText,
  text: v.string(),
  hint: maybeText,
  object: maybeText,
  file: maybeText,
  line: v.nullable(count()),
});

/** An argument of a field (or an option of a model, if `field` is null) that is different in the migrations. */
const modelDifference = v.object({
  model: v.string(),
  field: maybeText,
  argument: v.string(),
  before: v.string(),
  after: v.string(),
  /** `machine`: a path or a storage, different on each machine; `order`: the same values in another order. */
  kind: v.picklist(['machine', 'order', 'change']),
});

const modelChanges = v.object({
  changes: v.array(
    v.object({
      app: v.string(),
      /** The app is the project's own, not an installed package. */
      own: v.boolean(),
      file: maybeText,
      operations: texts,
      differences: v.exactOptional(v.array(modelDifference)),
      /** The migration would change a database. */
      sql: v.exactOptional(v.boolean()),
    }),
  ),
  /** Leaf migrations of apps that have more than one. */
  conflicts: mapOf(texts),
});

const duplicateFile = v.object({
  /** The name that both have below STATIC_ROOT. */
  name: v.string(),
  used: v.string(),
  ignored: v.string(),
});

const missingInTemplate = v.object({
  file: v.string(),
  line: count(),
  name: v.string(),
  /** Something may render this template. */
  used: v.exactOptional(v.boolean()),
  /** A static file that is there and was likely meant. */
  similar: maybe(v.string()),
  /** An installed package that has the file and is no app of the project's. */
  app: maybe(v.string()),
  /** Where finders of the project's own would look for it. */
  places: v.exactOptional(texts),
  /** Why git does not hold it: the line of a .gitignore. */
  ignored: v.exactOptional(v.string()),
});

/** A static file that the project's code asks for while Django starts, and that the storage refuses. */
const refusedName = v.object({ file: v.string(), line: count(), name: v.string(), similar: maybe(v.string()) });

/** A package of django-pipeline that does not do what it is for. */
const pipelineFault = v.object({
  /** `text`: its sources are a string and no list; `nothing`: a pattern finds no file; `unknown`: a template names it and no setting. */
  kind: v.picklist(['text', 'nothing', 'unknown']),
  setting: v.string(),
  package: v.string(),
  pattern: maybeText,
  file: maybeText,
  line: v.nullable(count()),
});

/** A file without which pages fail, and the first place in a template that asks for it. */
const unmadeFile = v.object({
  /** Name of the app. */
  tool: v.string(),
  /** Below STATIC_ROOT. */
  name: v.string(),
  /** Where the tool writes it, if that is elsewhere too. */
  path: maybeText,
  file: v.string(),
  line: count(),
});

const missingReference = v.object({
  /** The static file that names another, below STATIC_ROOT and on disk. */
  name: v.string(),
  file: maybeText,
  line: count(),
  /** As it is written there, and what that is below STATIC_ROOT; null if that is outside of it. */
  url: v.string(),
  target: maybeText,
  /** A static file of the same name elsewhere. */
  similar: maybe(v.string()),
  /** It is commented out, which Django does not notice. */
  comment: v.exactOptional(v.boolean()),
});

/** An environment variable, and the line of the project that asks for it. */
const neededVariable = v.object({ name: v.string(), file: maybeText, line: v.nullable(count()) });

/** A source file that Python cannot read. */
const sourceFault = v.object({
  kind: v.picklist(['conflict', 'null', 'utf-16', 'encoding', 'indentation', 'newer', 'syntax']),
  /** The first Python that reads such syntax, where it is newer than that of the build. */
  since: maybeText,
  /** That of the build, as `3.13`. */
  python: v.string(),
  /** The file is the project's, and no package's. */
  own: v.boolean(),
});

/** What the project's own files tell of an import that failed. */
const ownModule = v.object({
  /**
   * `module`: the project has its folder and not the module; `name`: a module of the project's lacks it; `circular`: it is still being
   * imported; `file`: what should be a folder is a file; `top`: it may be a package or a module of the project's.
   */
  kind: v.picklist(['module', 'name', 'circular', 'file', 'top']),
  name: v.string(),
  /** Where it would be, relative to the checkout. */
  path: maybeText,
  /** All such places, absolute. */
  places: texts,
  /** The name of what is there and was likely meant. */
  similar: maybeText,
  /** Why git does not hold it: the line of a .gitignore. */
  ignored: v.exactOptional(v.string()),
});

export const stepFailure = v.object({
  step: v.picklist([
    'start',
    'probe',
    'checks',
    'migrations',
    'links',
    'sources',
    'collect',
    'storage',
    'media-storage',
    'driver',
  ]),
  /** Name of the exception's class. */
  type: v.string(),
  /** The import that failed, also if another exception was raised for it. */
  import_error: v.nullable(v.object({ module: v.string(), message: v.string() })),
  own_module: maybe(ownModule),
  message: v.string(),
  source: maybe(sourceFault),
  /** The exception that all began with, if it says more. */
  cause: maybe(v.object({ type: v.string(), message: v.string() })),
  /** Environment variables that it asks for and that are not set. */
  variables: texts,
  /** Those that the modules which were being imported read without a default, by their text. */
  asks: v.exactOptional(v.array(neededVariable)),
  /** A database could not be asked. */
  database: v.boolean(),
  /** The storage of the project's that raised it, and the server that it asked. */
  storage: maybe(v.object({ alias: v.string(), backend: v.string(), server: maybeText })),
  /** The static file that collectstatic was at. */
  static_file: maybe(v.string()),
  /** Frames in the project's own files, innermost last; after them the line that is wrong, or that names what could not be imported. */
  frames: v.array(v.object({ file: v.string(), line: count() })),
});

/** What the steps inside Django write. Names are as in their JSON, because that file is the contract of the two languages. */
export const outcomeSchema = v.object({
  project: v.exactOptional(settingsSchema),
  checks: maybe(v.array(checkMessage)),
  migrations: maybe(modelChanges),
  /** Static files whose symbolic link leaves the folder that offers them. */
  escaping: maybe(v.array(v.object({ file: v.string(), target: v.string(), broken: v.optional(v.boolean()) }))),
  /** Static files left out because another with other bytes has their name. */
  duplicates: maybe(v.array(duplicateFile)),
  /** `{% static %}` of the project's templates that names a file which no finder has. */
  templates: maybe(v.array(missingInTemplate)),
  /** Static files of the project that its templates name by a path below /static/. */
  by_hand: maybe(v.array(v.object({ file: v.string(), line: count(), name: v.string() }))),
  /** `static()` at import time that names a file which is not there. */
  early: maybe(v.array(refusedName)),
  pipeline: maybe(v.array(pipelineFault)),
  /** Folders that offer more static files than a site has. */
  crowded: maybe(v.array(v.object({ folder: v.string(), files: count() }))),
  /** What a tool of an installed app has to make, and was not there before collectstatic. */
  unmade: maybe(v.array(unmadeFile)),
  /** The app of the static files is not installed, so that there is nothing to collect. */
  without_static_files: v.exactOptional(v.boolean()),
  collected: maybe(v.object({ root: v.string(), manifest: maybeText })),
  /** If collectstatic failed: every reference to a file that is not there. */
  missing: maybe(v.array(missingReference)),
  /** If collectstatic failed: static files that name one another, the first again at the end. */
  cycle: maybe(texts),
  failures: v.array(stepFailure),
  /** Variables and settings that had no value and got one for this run. */
  throw_away: v.exactOptional(texts),
  /** Variables without which Django does not start, and for which nothing can be made up. */
  needed: v.exactOptional(v.array(neededVariable)),
  /** All steps were tried. */
  finished: v.exactOptional(v.boolean()),
});

export type Outcome = Parsed<typeof outcomeSchema>;
export type CheckMessage = Parsed<typeof checkMessage>;
export type ModelDifference = Parsed<typeof modelDifference>;
export type PipelineFault = Parsed<typeof pipelineFault>;
export type Unmade = Parsed<typeof unmadeFile>;
export type ModelChanges = Parsed<typeof modelChanges>;
export type MissingReference = Parsed<typeof missingReference>;
export type NeededVariable = Parsed<typeof neededVariable>;
export type StepFailure = Parsed<typeof stepFailure>;

/** Reads the outcome. The project's code ran in the process that wrote it, so it is checked before it is used. */
export const readOutcome = (text: string): Shaped<Outcome> => parseJson(text, outcomeSchema);
