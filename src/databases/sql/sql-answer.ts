import * as v from 'valibot';
import { parseJson } from '../../lib/json-shape.ts';

const text = v.nullable(v.string());

const doneSchema = v.object({
  state: v.picklist(['made', 'found', 'taken', 'gone', 'dropped']),
  mark: text,
  marks: v.exactOptional(v.array(v.tuple([v.string(), v.string()]))),
  rights: v.exactOptional(
    v.object({
      /** Null where the server does not tell it in one word. */
      may_create: v.nullable(v.boolean()),
      /** Lines of SHOW GRANTS. */
      grants: v.array(v.string()),
    }),
  ),
});

/** What the server or the driver said. `code`: SQLSTATE, or MySQL's number; null where the driver tells none. */
const failureSchema = v.object({ code: text, message: v.string() });

/** What python/preview_databases.py prints. */
const answerSchema = v.union([
  v.object({ done: doneSchema }),
  v.object({ failure: failureSchema }),
  v.object({ no_driver: v.literal(true) }),
]);

export type SqlDone = v.InferOutput<typeof doneSchema>;
export type SqlFailure = v.InferOutput<typeof failureSchema>;
type SqlAnswer = v.InferOutput<typeof answerSchema>;

/** The answer is the last line: a driver may print something of its own before it. */
export function readAnswer(output: string): SqlAnswer | undefined {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  return parseJson(last, answerSchema).value as SqlAnswer | undefined;
}
