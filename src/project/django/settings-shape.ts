import * as v from 'valibot';
import { count, mapOf, type Parsed } from '../../lib/json-shape.ts';
import { servingSchema } from './serving-shape.ts';
import { storageSchema } from './storage-shape.ts';

const maybeText = v.nullable(v.string());
const texts = v.array(v.string());

/** Where the project's own files assign a setting. */
const assignmentSchema = v.object({
  file: v.string(),
  line: count(),
  /** It is written out there, so that nothing on the host changes it. */
  literal: v.boolean(),
  /** The value is an expression, and no text or number that is written there. */
  computed: v.exactOptional(v.boolean()),
  /** Environment variables that decide it and that are not set, and those that are. */
  variables: texts,
  given: v.exactOptional(texts),
  /** DEBUG decides it, or a variable does that decides DEBUG. */
  by_debug: v.exactOptional(v.boolean()),
});

export const settingsSchema = v.object({
  django: v.string(),
  python: v.string(),
  settings_module: v.string(),
  settings_file: maybeText,
  /** Neither an input nor the environment named the settings module. */
  chosen_by_manage_py: v.boolean(),
  /** The settings module that wsgi.py or asgi.py names, the name of that file, and whether the module is there. */
  server_settings: v.exactOptional(v.nullable(v.object({ module: v.string(), file: v.string(), found: v.boolean() }))),
  /** Full names of the modules beside the settings module. */
  siblings: texts,
  assigned: mapOf(assignmentSchema),
  /** Names of the settings that the project sets. */
  overridden: texts,
  /** Class paths in the settings that STORAGES has replaced. */
  old_storages: mapOf(v.string()),
  /** SILENCED_SYSTEM_CHECKS. */
  silenced: v.exactOptional(texts),
  /** The default database: class path of its engine, and the folder of an SQLite file if it is not there. */
  database: v.exactOptional(v.object({ engine: v.string(), missing_folder: maybeText })),
  debug: v.boolean(),
  /** Environment variables of which each alone turns DEBUG off, by which value; null where any value does. */
  debug_off: v.exactOptional(mapOf(v.nullable(v.string()))),
  allowed_hosts: texts,
  csrf_trusted_origins: texts,
  /** CsrfViewMiddleware is there. */
  csrf: v.boolean(),
  ssl_redirect: v.boolean(),
  /** SECURE_PROXY_SSL_HEADER is set. */
  proxy_ssl_header: v.boolean(),
  /** Dotted paths of WSGI_APPLICATION and ASGI_APPLICATION. */
  wsgi: v.exactOptional(maybeText),
  asgi: v.exactOptional(maybeText),
  /** WhiteNoise, or its fork ServeStatic, serves the static files. */
  whitenoise: v.boolean(),
  /** Absent where Django did not get that far. */
  serving: v.exactOptional(servingSchema),
  static_url: maybeText,
  static_root: maybeText,
  media_url: maybeText,
  media_root: maybeText,
  static_storage: v.nullable(storageSchema),
  media_storage: v.nullable(storageSchema),
});

export type ProjectSettings = Parsed<typeof settingsSchema>;
