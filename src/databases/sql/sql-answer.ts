import * as v from 'valibot';
import { parseJson } from '../../lib/json-shape.ts';
import { databaseProducts } from '../database-url.ts';

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

/** What the server calls itself. */
const product = v.picklist(databaseProducts);

/** What python/preview_databases.py prints. A failure without `product` is one on the way to the server. */
const answerSchema = v.union([
  v.object({ done: doneSchema, product }),
  v.object({ failure: failureSchema, product: v.exactOptional(product) }),
  v.object({ no_driver: v.literal(true) }),
]);

export type SqlFailure = v.InferOutput<typeof failureSchema>;
type SqlAnswer = v.InferOutput<typeof answerSchema>;

/** The answer is the last line: a driver may print something of its own before it. */
export function readAnswer(output: string): SqlAnswer | undefined {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  return parseJson(last, answerSchema).value as SqlAnswer | undefined;
}
