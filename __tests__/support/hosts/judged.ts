import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from 'openapi-backend';
import type { EmulatorReply, EmulatorRequest } from '../emulator.ts';
import { openApiJudge } from '../openapi.ts';

/** Holds what an emulator is asked and answers against the slice of the vendor's own description in fixtures/. */
export async function judgeOf(host: string): Promise<(request: EmulatorRequest, reply: EmulatorReply) => string[]> {
  const fixture = join(import.meta.dirname, '..', '..', 'fixtures', `${host}-api.json`);
  const judge = await openApiJudge(JSON.parse(readFileSync(fixture, 'utf8')) as Document);
  return (request, reply) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    return judge({ ...request, headers, status: reply.status, reply: reply.body });
  };
}
