import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { ask, askJson, errorText } from '../../../../src/hosts/contract/api.ts';
import { HostAnswerError } from '../../../../src/hosts/contract/host.ts';
import { answer } from '../../../support/fakes.ts';
import { fakeHostIO, json } from '../../../support/host-io.ts';

const request = { method: 'GET', url: 'https://api.example.com/deploy?key=secret-key' } as const;

const schema = v.object({ deploys: v.optional(v.array(v.object({ id: v.string() }))) });

async function failure(reply: Parameters<typeof fakeHostIO>[0]): Promise<HostAnswerError> {
  const error = await askJson(fakeHostIO(reply), "Example's list", request, schema).catch((thrown: unknown) => thrown);
  if (!(error instanceof HostAnswerError)) throw new Error(`not a HostAnswerError: ${error}`);
  return error;
}

describe('what an error body says', () => {
  test.each([
    ['{"message": "no such service"}', 'no such service'],
    ['{"error": "unauthorized", "id": 1}', 'unauthorized'],
    ['{"detail": "Not found."}', 'Not found.'],
    ['{"error": {"code": 1}, "message": "nested"}', 'nested'],
    ['plain\n  words\r\n', 'plain words'],
    ['  <!doctype html><title>502</title>', ''],
    ['', ''],
    ['x'.repeat(500), 'x'.repeat(200)],
  ])('%j', (body, text) => {
    expect(errorText(Buffer.from(body))).toBe(text);
  });
});

describe('an answer', () => {
  test.each([200, 201, 202, 204, 299])('of %i is given back', async (status) => {
    expect(
      (
        await ask(
          fakeHostIO(() => answer(status, 'ok')),
          'x',
          request,
        )
      ).status,
    ).toBe(status);
  });

  test.each([301, 302, 304, 400, 401, 404, 429, 500, 503])('of %i is an error with that status', async (status) => {
    const error = await failure(() => json({ message: 'because' }, status));
    expect(error.status).toBe(status);
    expect(error.message).toBe(`Example's list: HTTP ${status} (because)`);
  });

  test('never shows the address, which can be a credential', async () => {
    expect((await failure(() => answer(404))).message).toBe("Example's list: HTTP 404");
  });

  test('tells how long to wait', async () => {
    expect((await failure(() => answer(429, '', { 'retry-after': '7' }))).retryAfter).toBe(7_000);
    expect((await failure(() => answer(503))).retryAfter).toBeUndefined();
  });

  test('without a body is undefined', async () => {
    expect(
      await askJson(
        fakeHostIO(() => answer(202, ' \n')),
        'x',
        request,
        schema,
      ),
    ).toBeUndefined();
  });

  test.each(['<html>', 'OK', '"text"', '12', '{"half":'])('that should be JSON and is %s is an error', async (body) => {
    expect((await failure(() => answer(200, body))).message).toBe(
      "Example's list: HTTP 200 with a body that is no JSON",
    );
  });

  test.each<[string, string]>([
    ['{"deploys": [{"id": "a"}, {"id": 7}]}', 'with a number in "deploys.1.id" where text was expected'],
    ['{"deploys": [{}]}', 'without "deploys.0.id"'],
    ['{"deploys": {"secret": "hunter2"}}', 'with an object in "deploys" where a list was expected'],
    ['{"deploys": null}', 'with null in "deploys" where a list was expected'],
    ['[]', 'with a list where an object was expected'],
  ])('of another shape says whose it was and what was expected: %s', async (body, said) => {
    expect((await failure(() => answer(200, body))).message).toBe(`Example's list: HTTP 200 ${said}`);
  });

  test('that never came is thrown as it is', async () => {
    const broken = new Error('connection reset');
    await expect(
      ask(
        fakeHostIO(() => broken),
        'x',
        request,
      ),
    ).rejects.toBe(broken);
  });
});
