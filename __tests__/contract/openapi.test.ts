import { expect, test } from '@jest/globals';
import type { Document } from 'openapi-backend';
import { type Exchange, openApiJudge } from '../support/openapi.ts';

/** The judge of the emulators is judged first: one that finds nothing wrong with anything would prove nothing. */
const definition = {
  openapi: '3.0.3',
  info: { title: 'sample', version: '1' },
  paths: {
    '/deploys': {
      post: {
        operationId: 'createDeploy',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['commit'],
                properties: { commit: { type: 'string' } },
                additionalProperties: false,
              },
            },
          },
        },
        responses: {
          201: {
            description: 'made',
            content: {
              'application/json': {
                schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
  },
} as unknown as Document;

const good: Exchange = {
  method: 'POST',
  path: '/deploys',
  headers: { 'content-type': 'application/json' },
  body: '{"commit": "abc"}',
  status: 201,
  reply: { id: 'dep-1' },
};

test.each<[string, Partial<Exchange>, string | undefined]>([
  ['a right exchange', {}, undefined],
  ['an unknown path', { path: '/deployments' }, 'is no operation'],
  ['an unknown field', { body: '{"commit": "abc", "clear": true}' }, 'must NOT have additional properties'],
  ['a missing field', { body: '{}' }, "must have required property 'commit'"],
  ['a wrong reply', { reply: { id: 7 } }, 'must be string'],
  ['an answer that the API does not give', { status: 418 }, 'never answers 418'],
])('%s', async (_name, change, complaint) => {
  const judge = await openApiJudge(definition);
  const found = judge({ ...good, ...change }).join('\n');
  if (complaint === undefined) expect(found).toBe('');
  else expect(found).toContain(complaint);
});
