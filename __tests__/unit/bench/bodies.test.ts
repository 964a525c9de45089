import { describe, expect, test } from '@jest/globals';
import { awsChunks, httpChunks } from '../../../bench/server/bodies.ts';

/** The text in pieces of so many bytes, as a socket may bring it. */
const pieces = (text: string, length: number) =>
  Array.from({ length: Math.ceil(text.length / length) }, (_, at) =>
    Buffer.from(text.slice(at * length, (at + 1) * length)),
  );

describe('aws-chunked', () => {
  const body = '5;chunk-signature=ab\r\nhello\r\n7\r\n, world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';

  test.each([1, 2, 3, 7, 1_000])('gives the bytes in the chunks, in pieces of %d', (length) => {
    let text = '';
    const take = awsChunks((bytes) => {
      text += bytes.toString();
    });
    for (const piece of pieces(body, length)) take(piece);
    expect(text).toBe('hello, world');
  });

  test('a line end in a chunk is a part of it', () => {
    let text = '';
    awsChunks((bytes) => {
      text += bytes.toString();
    })(Buffer.from('4\r\n\r\n\r\n\r\n0\r\n\r\n'));
    expect(text).toBe('\r\n\r\n');
  });
});

test('chunked transfer ends with its last chunk, and keeps what follows', () => {
  let text = '';
  const take = (bytes: Buffer) => {
    text += bytes.toString();
  };
  const part = httpChunks(Buffer.from('3\r\nabc\r\n4\r\nde'), take);
  expect(part.ended).toBe(false);
  const end = httpChunks(Buffer.concat([part.rest, Buffer.from('fg\r\n0\r\n\r\nPUT /')]), take);
  expect(text).toBe('abcdefg');
  expect(end).toEqual({ rest: Buffer.from('PUT /'), ended: true });
});
