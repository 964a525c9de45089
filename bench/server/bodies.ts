/** Takes the bytes of a body, piece by piece. */
export type Sink = (bytes: Buffer) => void;

const lineEnd = 10;

/**
 * Unwraps `aws-chunked`, the framing in which AWS SDKs send streams: `<hex length>[;chunk-signature=…]`, the bytes, and after
 * a chunk of no bytes the checksum. A store keeps what is in the chunks; one that kept the frames would report other sizes,
 * and clients that compare them would send everything again.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function awsChunks(take: Sink): Sink {
  let line = '';
  let left = 0;
  let ended = false;
  return (bytes) => {
    let at = 0;
    while (at < bytes.length && !ended) {
      if (left > 0) {
        const piece = bytes.subarray(at, at + left);
        take(piece);
        left -= piece.length;
        at += piece.length;
        continue;
      }
      const end = bytes.indexOf(lineEnd, at);
      line += bytes.toString('latin1', at, end < 0 ? bytes.length : end);
      if (end < 0) return;
      at = end + 1;
      const length = line.trim();
      line = '';
      // The end of the line behind a chunk's bytes.
      if (length === '') continue;
      left = Number.parseInt(length, 16);
      ended = left === 0;
    }
  };
}

/**
 * Unwraps `Transfer-Encoding: chunked` as far as it is there.
 * @returns What is left of the bytes, and whether the body is at its end.
 */
export function httpChunks(bytes: Buffer, take: Sink): { rest: Buffer; ended: boolean } {
  let rest = bytes;
  for (;;) {
    const line = rest.indexOf('\r\n');
    if (line < 0) return { rest, ended: false };
    const length = Number.parseInt(rest.subarray(0, line).toString('latin1'), 16);
    const end = line + 2 + length;
    if (rest.length < end + 2) return { rest, ended: false };
    if (length > 0) take(rest.subarray(line + 2, end));
    rest = rest.subarray(end + 2);
    if (length === 0) return { rest, ended: true };
  }
}
