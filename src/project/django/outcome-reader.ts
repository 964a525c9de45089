import { isFlag, isNumber, isText, listOf, mapOf, orNothing, parseAs, shape } from '../../lib/shape.ts';
import type { Outcome } from './outcome.ts';

const maybeText = orNothing(isText);
const isTexts = listOf(isText);

const isStorage = shape({
  backend: isText,
  local: isFlag,
  hashed: isFlag,
  strict: isFlag,
  location: maybeText,
  remote: orNothing(
    shape({
      bucket: maybeText,
      endpoint: maybeText,
      region: maybeText,
      location: maybeText,
      custom_domain: maybeText,
      signs_urls: orNothing(isFlag),
    }),
  ),
});

const isProject = shape({
  django: isText,
  python: isText,
  settings_module: isText,
  settings_file: maybeText,
  chosen_by_manage_py: isFlag,
  siblings: isTexts,
  assigned: mapOf(isText, shape({ file: isText, line: isNumber, literal: isFlag, variables: isTexts })),
  overridden: isTexts,
  old_storages: mapOf(isText, isText),
  silenced: orNothing(isTexts),
  database: orNothing(shape({ engine: isText, missing_folder: maybeText })),
  debug: isFlag,
  allowed_hosts: isTexts,
  csrf_trusted_origins: isTexts,
  csrf: isFlag,
  ssl_redirect: isFlag,
  proxy_ssl_header: isFlag,
  whitenoise: isFlag,
  static_url: maybeText,
  static_root: maybeText,
  media_url: maybeText,
  media_root: maybeText,
  static_storage: orNothing(isStorage),
  media_storage: orNothing(isStorage),
});

const isDifference = shape({
  model: isText,
  field: maybeText,
  argument: isText,
  before: isText,
  after: isText,
  kind: (kind) => ['machine', 'order', 'change'].some((one) => one === kind),
});

const isFailure = shape({
  step: isText,
  type: isText,
  import_error: orNothing(shape({ module: isText, message: isText })),
  message: isText,
  cause: orNothing(shape({ type: isText, message: isText })),
  variables: isTexts,
  database: isFlag,
  frames: listOf(shape({ file: isText, line: isNumber })),
});

export const isOutcome = shape({
  project: (value) => value === undefined || isProject(value),
  checks: orNothing(
    listOf(
      shape({
        level: isNumber,
        id: maybeText,
        text: isText,
        hint: maybeText,
        object: maybeText,
        file: maybeText,
        line: orNothing(isNumber),
      }),
    ),
  ),
  migrations: orNothing(
    shape({
      changes: listOf(
        shape({
          app: isText,
          own: isFlag,
          file: maybeText,
          operations: isTexts,
          differences: orNothing(listOf(isDifference)),
          sql: orNothing(isFlag),
        }),
      ),
      conflicts: mapOf(isText, isTexts),
    }),
  ),
  escaping: orNothing(listOf(shape({ file: isText, target: isText }))),
  duplicates: orNothing(listOf(shape({ name: isText, used: isText, ignored: isText }))),
  templates: orNothing(
    listOf(shape({ file: isText, line: isNumber, name: isText, used: orNothing(isFlag), similar: maybeText })),
  ),
  crowded: orNothing(listOf(shape({ folder: isText, files: isNumber }))),
  unmade: orNothing(listOf(shape({ tool: isText, name: isText, path: maybeText, file: isText, line: isNumber }))),
  collected: orNothing(shape({ root: isText, manifest: maybeText })),
  missing: orNothing(listOf(shape({ name: isText, file: maybeText, line: isNumber, url: isText, target: maybeText }))),
  failures: listOf(isFailure),
  throw_away: orNothing(isTexts),
  needed: orNothing(listOf(shape({ name: isText, file: maybeText, line: orNothing(isNumber) }))),
  finished: orNothing(isFlag),
});

/**
 * Reads the outcome. The project's code ran in the process that wrote it, so it is looked at before it is believed.
 * Undefined where it is no outcome at all.
 */
export const readOutcome = (text: string): Outcome | undefined => parseAs<Outcome>(text, isOutcome);
