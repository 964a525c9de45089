/** What a host says, as the end of a sentence: on one line, and without the stop that the sentence gets. */
export function reasonOf(text: string | null | undefined, otherwise: string): string {
  const plain = (text ?? '').replace(/\s+/g, ' ').trim().replace(/\.+$/, '');
  return plain === '' ? otherwise : plain;
}
