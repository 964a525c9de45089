import type { BodyPart } from '../../core/ports.ts';

/** A form with fields and one file, as browsers send it. The file is read while it is sent. */
export interface Multipart {
  readonly contentType: string;
  readonly body: readonly BodyPart[];
}

/** @param boundary Text that is in none of the parts: the sha256 of the file, for example. */
export function multipart(
  boundary: string,
  fields: Readonly<Record<string, string>>,
  file: { readonly field: string; readonly name: string; readonly content: BodyPart },
): Multipart {
  const head = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
  const texts = Object.entries(fields).map(([name, value]) => `${head(`name="${name}"`)}\r\n${value}\r\n`);
  const start = `${head(`name="${file.field}"; filename="${file.name}"`)}Content-Type: application/octet-stream\r\n\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: [texts.join('') + start, file.content, `\r\n--${boundary}--\r\n`],
  };
}
