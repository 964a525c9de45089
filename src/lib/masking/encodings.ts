/** Characters that Python's `quote` and RFC 3986 escape and JavaScript does not. */
const strictly = (text: string): string =>
  text.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const lowerEscapes = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (sign) => sign.toLowerCase());

/** As JavaScript and Python write it into URLs, in both cases of the escapes, and escaped twice. */
function inUrls(value: string): string[] {
  const component = encodeURIComponent(value);
  const strict = strictly(component);
  const whole = encodeURI(value);
  const quoted = [component, strict, whole];
  quoted.push(strict.replaceAll('%2F', '/'), strict.replaceAll('%20', '+'), component.replaceAll('%20', '+'));
  return [...quoted, ...quoted.map(lowerEscapes), component.replaceAll('%', '%25'), strict.replaceAll('%', '%25')];
}

/** As HTML and XML have it: the five signs by name, or quotes by number as Django writes them. */
function inHtml(value: string): string[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    text,
    text.replaceAll('"', '&quot;'),
    text.replaceAll('"', '&quot;').replaceAll("'", '&#x27;'),
    text.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    text.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
    text.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
  ];
}

const ascii = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** As JSON and the `repr` of Python have it, without the quotes around. */
function inCode(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const single = json.replaceAll('\\"', '"').replaceAll("'", "\\'");
  return [
    json,
    ascii(json),
    json.replaceAll('/', '\\/'),
    ascii(json).replaceAll('/', '\\/'),
    single,
    json.replaceAll('\\', '\\\\'),
  ];
}

/** As shells quote it. */
const inShells = (value: string): string[] => [
  value.replaceAll("'", `'\\''`),
  value.replaceAll("'", `'"'"'`),
  value.replace(/[^\w@%+=:,./-]/g, '\\$&'),
  value.replace(/["$`\\!]/g, '\\$&'),
];

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
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

const inHex = (value: string): string[] => {
  const hex = Buffer.from(value).toString('hex');
  return [hex, hex.toUpperCase()];
};

/** A form that shares no sign with the value is told from other text by its length alone. */
const shortestDisguise = 8;

/** Every form in which a value shows up in texts: as it is, escaped for URLs, HTML, JSON, code and shells, in Base64 and in hex. */
export function encodingsOf(value: string): Set<string> {
  const text = value.toWellFormed();
  const disguised = [...inBase64(text), ...inHex(text)].filter(({ length }) => length >= shortestDisguise);
  return new Set([value, ...inUrls(text), ...inHtml(text), ...inCode(text), ...inShells(text), ...disguised]);
}
