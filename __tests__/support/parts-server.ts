import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LoopbackServer, serveHttp } from './server.ts';

export interface PartsServer extends LoopbackServer {
  /** What was asked, in its order: `begin`, `part 2`, `finish`, `abort`, `head`. */
  readonly asked: string[];
  /** Uploads that were begun, and neither finished nor ended. */
  readonly open: Set<string>;
  /** Bytes of the finished object. */
  readonly size: number | undefined;
  /** Makes the object of the parts that are there, without an answer to anybody. */
  finish(): void;
}

/** Answers a step itself and returns true, or leaves it to the server. */
export type StepAnswer = (step: string, outgoing: ServerResponse, number: number) => boolean;

const xml = (root: string, content: string) => `<?xml version="1.0"?><${root}>${content}</${root}>`;

function stepOf({ method, url = '' }: IncomingMessage, query: URLSearchParams): string {
  if (method === 'POST') return query.has('uploads') ? 'begin' : 'finish';
  if (method === 'PUT') return `part ${query.get('partNumber')}`;
  return method === 'DELETE' ? 'abort' : method === 'HEAD' ? 'head' : `${method} ${url}`;
}

/** A bucket that takes uploads in parts and nothing else, and fails as it is told. */
export async function servePartsOnly(answer: StepAnswer = () => false): Promise<PartsServer> {
  const asked: string[] = [];
  const open = new Set<string>();
  const parts = new Map<string, number>();
  let begun = 0;
  let stored: { size: number; md5: string } | undefined;
  let noted = '';
  const finish = () => {
    open.clear();
    stored = { size: [...parts.values()].reduce((all, one) => all + one, 0), md5: noted };
  };
  const server = await serveHttp((incoming, outgoing) => {
    const query = new URL(incoming.url ?? '', 'http://x').searchParams;
    const step = stepOf(incoming, query);
    const id = query.get('uploadId') ?? '';
    let size = 0;
    const sum = createHash('md5');
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      sum.update(chunk);
    });
    incoming.on('end', () => {
      const number = asked.push(step);
      if (answer(step, outgoing, number)) return;
      if (id !== '' && !open.has(id)) {
        const body = xml('Error', '<Code>NoSuchUpload</Code><Message>no such upload</Message>');
        outgoing.writeHead(404, { 'content-type': 'application/xml' }).end(body);
      } else if (step === 'begin') {
        begun += 1;
        open.add(`upload-${begun}`);
        noted = String(incoming.headers['x-amz-meta-md5'] ?? '');
        outgoing.writeHead(200).end(xml('InitiateMultipartUploadResult', `<UploadId>upload-${begun}</UploadId>`));
      } else if (step === 'finish') {
        finish();
        outgoing.writeHead(200).end(xml('CompleteMultipartUploadResult', '<ETag>"etag-2"</ETag>'));
      } else if (step === 'abort') {
        open.delete(id);
        outgoing.writeHead(204).end();
      } else if (step === 'head') {
        const headers = stored && { 'content-length': stored.size, etag: '"etag-2"', 'x-amz-meta-md5': stored.md5 };
        outgoing.writeHead(stored ? 200 : 404, headers ?? {}).end();
      } else {
        parts.set(step, size);
        outgoing.writeHead(200, { etag: `"${sum.digest('hex')}"` }).end();
      }
    });
  });
  return {
    ...server,
    asked,
    open,
    finish,
    get size() {
      return stored?.size;
    },
  };
}
