import * as v from 'valibot';
import { count, mapOf, type Parsed } from '../../lib/json-shape.ts';

const maybeText = v.nullable(v.string());

/** Who serves the static files where the app runs. */
export const servingSchema = v.object({
  /** A middleware's package, or what the WSGI application is wrapped in. */
  server: maybeText,
  /** Of its settings: WHITENOISE or SERVESTATIC. */
  prefix: v.string(),
  middleware: v.nullable(
    v.object({
      server: v.string(),
      /** Class path. */
      path: v.string(),
      /** Class paths of the middleware before it. */
      before: v.array(v.string()),
      /** SecurityMiddleware stands behind it. */
      security_behind: v.boolean(),
    }),
  ),
  /** An import in the module of the WSGI application. */
  wrapper: v.nullable(v.object({ name: v.string(), file: v.string(), line: count() })),
  /** Django's own view below STATIC_URL, and the file of the URLs. */
  view: v.nullable(v.object({ pattern: v.string(), file: maybeText })),
  /** The storage makes compressed twins. */
  compressed: v.boolean(),
  /** ASGI_APPLICATION is set. */
  asgi: v.boolean(),
  /** Settings of the server that the project sets, by their names without the prefix. */
  flags: mapOf(v.boolean()),
  max_age: v.nullable(v.number()),
  /** The folder that is served at the root of the site. */
  root: v.nullable(v.object({ path: v.string(), there: v.boolean(), own: v.boolean() })),
  /** Names without a hash that the project's own test calls immutable. */
  immutable: v.array(v.string()),
  /** runserver_nostatic stands behind staticfiles in INSTALLED_APPS. */
  late_runserver: v.boolean(),
});

export type Serving = Parsed<typeof servingSchema>;
