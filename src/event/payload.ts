import * as v from 'valibot';
import { DeployError } from '../core/errors.ts';
import { type Parsed, parseValue } from '../lib/json-shape.ts';

const text = v.nullish(v.string());
const number = v.pipe(v.number(), v.integer());
const repository = v.nullish(v.object({ id: v.nullish(number), full_name: text, default_branch: text }));

const pullRequest = v.object({
  number,
  state: text,
  // A deleted fork has no repository any more.
  head: v.object({ sha: v.string(), ref: text, repo: repository }),
  user: v.nullish(v.object({ login: text })),
});

const workflowRun = v.object({
  id: v.nullish(number),
  run_attempt: v.nullish(number),
  conclusion: text,
  event: text,
  head_sha: text,
  head_branch: text,
  head_repository: repository,
  pull_requests: v.nullish(
    v.array(v.nullish(v.object({ number, base: v.object({ repo: v.object({ id: number }) }) }))),
  ),
});

/**
 * What of an event's payload decides anything (https://docs.github.com/webhooks/webhook-events-and-payloads). Other events
 * have other parts, so each may be missing; one that is there has this shape.
 */
export const payloadSchema = v.object({
  action: text,
  deleted: v.nullish(v.boolean()),
  repository,
  pull_request: v.nullish(pullRequest),
  workflow_run: v.nullish(workflowRun),
});

export type Payload = Parsed<typeof payloadSchema>;
export type WorkflowRunPayload = NonNullable<Payload['workflow_run']>;

/** @throws DeployError GITHUB_FAILED if it is not the payload of an event. */
export function readPayload(payload: unknown): Payload {
  // valibot takes a list for an object.
  const shaped = Array.isArray(payload)
    ? { wrong: 'it is a list instead of an object' }
    : parseValue(payload, payloadSchema);
  if ('value' in shaped && shaped.value) return shaped.value;
  throw new DeployError('GITHUB_FAILED', `The payload of the event cannot be read: ${shaped.wrong}.`, {
    hint: 'The runner writes it to the file of GITHUB_EVENT_PATH. Look whether an earlier step of the job changes that file.',
  });
}
