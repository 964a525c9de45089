/** Comments of JavaScript; strings and templates come first, because `//` may be in them. */
const commentOrString = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const codeOf = (text: string): string =>
  text.replaceAll(commentOrString, (found) => (found.startsWith('/') ? ' ' : found));

const namesBy = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);

/** The object that begins here, without what is in the brackets within it. */
function flatObject(text: string): string {
  let depth = 0;
  let flat = '';
  for (const char of text) {
    if ('}])'.includes(char)) depth--;
    if (depth === 0 && flat !== '') break;
    if (depth === 1) flat += char;
    if ('{[('.includes(char)) depth++;
    // The bracket that opens it is no part of it, and marks that it has begun.
    if (flat === '') flat = ' ';
  }
  return flat;
}

/** Keys of `module.exports = { build, watch: serve, async css() {} }`, and of no object within it. */
const exportedKeys = (text: string): string[] =>
  [...text.matchAll(/\bmodule\.exports\s*=\s*(?=\{)/g)].flatMap(({ index, 0: { length } }) =>
    flatObject(text.slice(index + length))
      .split(',')
      .flatMap((part) => /^\s*(?:async\s+)?["']?(\w+)["']?\s*(?:[:(]|$)/.exec(part)?.[1] ?? []),
  );

/** Names in `export { build, bundle as css }`. */
const exportList = (text: string): string[] =>
  namesBy(text, /\bexport\s*\{([^}]*)\}/g).flatMap((list) =>
    list.split(',').flatMap((part) => /(\w+)\s*$/.exec(part)?.[1] ?? []),
  );

/** What `gulp NAME` finds: what a gulpfile exports, and tasks in the way of gulp 3. A key of any other object is none. */
export function gulpTasks(gulpfile: string): string[] {
  const text = codeOf(gulpfile);
  return [
    ...namesBy(text, /\bexports(?:\.|\[["'])(\w+)(?:["']\])?\s*=(?!=)/g),
    ...namesBy(text, /\bexport\s+(?:const|let|var|(?:async\s+)?function)\s+(\w+)/g),
    ...namesBy(text, /\btask[\s(]+["'`](\w+)["'`]/g),
    ...exportList(text),
    ...exportedKeys(text),
  ];
}

/** What `grunt NAME` finds by a name alone. A target of a plugin, `sass: { dist: {} }`, is none. */
export const gruntTasks = (gruntfile: string): string[] =>
  namesBy(codeOf(gruntfile), /\bregisterTask[\s(]+["'`](\w+)["'`]/g);
