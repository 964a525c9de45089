/** What the first bytes of a file say, for names that say nothing. */
export type Sniffed = 'text' | 'binary' | 'mpeg-ts';

/**
 * Text is valid UTF-8 without NUL; an MPEG transport stream has its sync byte 0x47 at 0 and 188.
 * @param head The first bytes of the file; a character cut at their end does not count.
 */
export function sniff(head: Buffer): Sniffed {
  if (head[0] === 0x47 && head[188] === 0x47) return 'mpeg-ts';
  if (head.includes(0)) return 'binary';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'text';
  } catch {
    return 'binary';
  }
}
