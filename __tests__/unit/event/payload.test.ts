import { describe, expect, test } from '@jest/globals';
import type { PullRequestEvent, PushEvent, ReleaseEvent, WorkflowRunEvent } from '@octokit/webhooks-types';
import type { InferInput } from 'valibot';
import { type payloadSchema, readPayload } from '../../../src/event/payload.ts';

/** GitHub's own types of these events go into the schema; tsc says where one does not. */
type Given = InferInput<typeof payloadSchema>;
const accepts = (event: PullRequestEvent | PushEvent | ReleaseEvent | WorkflowRunEvent): Given => event;

const run = { id: 1, head_sha: 'a', pull_requests: [{ number: 7, base: { repo: { id: 3 } } }] };

describe('a payload', () => {
  test('is what GitHub sends, and other events have other parts', () => {
    expect(accepts).toEqual(expect.any(Function));
    expect(readPayload({})).toEqual({});
    expect(readPayload({ action: null, workflow_run: run })).toMatchObject({ workflow_run: run });
  });

  test.each<[unknown, string]>([
    ['', 'it is a string instead of an object'],
    [[], 'it is a list instead of an object'],
    [null, 'it is null instead of an object'],
    [{ pull_request: {} }, '`pull_request.number` is missing'],
    [{ pull_request: { number: '7', head: { sha: 'a' } } }, '`pull_request.number` is a string instead of a number'],
    [{ pull_request: { number: 7, head: {} } }, '`pull_request.head.sha` is missing'],
    [{ workflow_run: { ...run, id: '1' } }, '`workflow_run.id` is a string instead of a number'],
    [{ workflow_run: { ...run, pull_requests: {} } }, '`workflow_run.pull_requests` is an object instead of a list'],
    [{ deleted: 'false' }, '`deleted` is a string instead of true or false'],
  ])('%j is told in words: %s', (payload, wrong) => {
    expect(() => readPayload(payload)).toThrow(
      expect.objectContaining({
        code: 'GITHUB_FAILED',
        message: `The payload of the event cannot be read: ${wrong}.`,
        hint: expect.stringContaining('GITHUB_EVENT_PATH'),
      }),
    );
  });
});
