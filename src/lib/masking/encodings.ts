/** As shells have it in single quotes. */
const inShells = (value: string): string[] => [value.replaceAll("'", `'\\''`), value.replaceAll("'", `'"'"'`)];

/** Characters in a line of Base64: of MIME (RFC 2045) and of PEM (RFC 7468). */
const lineLengths = [76, 64];

/** Base64 of a text that this value stands in, whichever of three places it begins at; the first also as a whole. */
function inBase64(value: string): string[] {
  const bytes = Buffer.from(value);
  const whole = bytes.toString('base64');
  const forms = [whole, whole.replace(/=+$/, '')];
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // The signs that hold bits of nothing but this value.
    forms.push(text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)));
  }
  const lines = lineLengths.flatMap((length) => whole.match(new RegExp(`.{${length}}|.+$`, 'g')) ?? []);
  return [...forms, ...lines].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

const inHex = (value: string): string[] => {
  const hex = Buffer.from(value).toString('hex');
  return [hex, hex.toUpperCase()];
};

/** A form that shares no sign with the value is told from other text by its length alone. */
const shortestDisguise = 8;

/**
 * The forms in which a value shows up in texts, apart from escapes: as it is, in single quotes of shells, in Base64 and in hex. Escapes
 * are taken away from the text (see unescape.ts).
 */
export function encodingsOf(value: string): Set<string> {
  const text = value.toWellFormed();
  const disguised = [...inBase64(text), ...inHex(text)].filter(({ length }) => length >= shortestDisguise);
  return new Set([value, ...inShells(text), ...disguised]);
}
