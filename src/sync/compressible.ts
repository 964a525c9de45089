/** Types whose files are text, or as good as. Everything else is compressed already (images, films, woff2, archives). */
const compressible =
  /^text\/|[/+](json|xml)\b|^application\/(javascript|manifest|wasm|rtf|vnd\.ms-fontobject)|^font\/(ttf|otf|sfnt|collection)/;
/** Larger files are no text that a page waits for, and would have to be in memory whole. */
const largest = 64 * 1024 * 1024;

/** Whether a file of this type and size may be stored compressed. */
export const isCompressible = (contentType: string, size: number): boolean =>
  size > 0 && size <= largest && compressible.test(contentType);
