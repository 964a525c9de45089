import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Words that the project does not use, each with the words to use instead. They are archaic, or they mean something only
 * here, so that a reader has to learn them. `npm run words` reports every place; `npm run check` includes it.
 */
interface Word {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Matches any of these words or phrases, whatever their case. */
const phrase = (...words: readonly string[]) => new RegExp(`\\b(${words.join('|')})\\b`, 'gi');

/** Looked for in all text: prose, comments, messages and names. */
const prose: readonly Word[] = [
  { pattern: phrase('mend', 'mends', 'mended', 'mending'), instead: 'fix' },
  { pattern: phrase('whereof', 'whereby', 'wherein', 'thereof', 'therein', 'thereby'), instead: 'of which, by which' },
  { pattern: phrase('heed', 'heeds', 'heeded'), instead: 'use, follow, respect' },
  { pattern: phrase('lest'), instead: 'so that … not' },
  { pattern: phrase('hitherto'), instead: 'until now' },
  { pattern: phrase('hence', 'thus', 'thence', 'whence'), instead: 'so, therefore' },
  { pattern: phrase('whilst'), instead: 'while' },
  { pattern: phrase('amongst'), instead: 'among' },
  { pattern: phrase('upon'), instead: 'on' },
  { pattern: phrase('shall'), instead: 'must, will' },
  { pattern: phrase('nought', 'naught', 'nay', 'ere', 'oft', 'yonder'), instead: 'a modern word' },
  { pattern: phrase('besides'), instead: 'also, apart from, in addition to' },
  { pattern: phrase('for ever'), instead: 'without end, forever' },
  { pattern: phrase('(is|are) none of'), instead: 'is not one of, is not' },
  { pattern: phrase('at odds'), instead: 'conflicts with, contradicts' },
  { pattern: phrase("of one's own"), instead: 'own' },
  { pattern: phrase('to be had'), instead: 'available' },
  { pattern: phrase('goes about'), instead: 'handles' },
  { pattern: phrase('(what )?there (is|was) to say'), instead: 'the findings, the message' },
];

/** Looked for in the names that code gives, as a part of a name in camel case. */
const names: readonly Word[] = [
  { pattern: /^book$/, instead: 'ledger, session' },
  { pattern: /^gate$/, instead: 'limit, semaphore, guard' },
  { pattern: /^shape$/, instead: 'schema' },
  { pattern: /^wire$/, instead: 'request, connection' },
  { pattern: /^journal$/, instead: 'recorder, log' },
  { pattern: /^shop$/, instead: 'site, project' },
  { pattern: /^heard$/, instead: 'message, reply' },
  { pattern: /^said$/, instead: 'message, reason' },
];

/** Looked for as whole names: as a part of a longer one (`rollBack`, `pathway`) they are standard terms. */
const wholeNames: readonly Word[] = [
  { pattern: /^way$/, instead: 'route, method' },
  { pattern: /^back$/, instead: 'previous, rollback' },
  { pattern: /^latest$/, instead: 'newest, current' },
];

export interface WordHit {
  readonly line: number;
  readonly word: string;
  readonly instead: string;
}

const comment = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/;
const text = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/;
/** A slash begins one where a value may begin; elsewhere it divides. */
const regularExpression = /(?<=(?:[(,=:[!&|?{};>]|return)\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/;
const notCode = new RegExp([comment, text, regularExpression].map(({ source }) => source).join('|'), 'g');

/** The text with comments, strings and regular expressions blanked, lines as they were, so that names are left. */
const codeOf = (source: string): string => source.replace(notCode, (found) => found.replace(/[^\n]/g, ' '));

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

function namesIn(text: string): WordHit[] {
  const found = new Map<string, WordHit>();
  const code = codeOf(text);
  for (const match of code.matchAll(/(?<![\w.$])[A-Za-z_$][\w$]*/g)) {
    const [name] = match;
    const parts = name.split(/(?=[A-Z])|_/).map((part) => part.toLowerCase());
    const hit =
      names.find(({ pattern }) => parts.some((part) => pattern.test(part))) ??
      wholeNames.find(({ pattern }) => pattern.test(name));
    if (hit && !found.has(name))
      found.set(name, { line: lineOf(code, match.index), word: `the name ${name}`, instead: hit.instead });
  }
  return [...found.values()];
}

/** The words of the list in a text; of names, which are looked for in code only, the first place of each. */
export function findWords(text: string, isCode: boolean): WordHit[] {
  const phrases = prose.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map((match) => ({ line: lineOf(text, match.index), word: `"${match[0]}"`, instead })),
  );
  return [...phrases, ...(isCode ? namesIn(text) : [])].sort((one, other) => one.line - other.line);
}

/** What is checked: files, and folders with all that is in them. */
const places = [
  '.github',
  'AGENTS.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'README.md',
  'SECURITY.md',
  'action.yml',
  'docs',
  'examples',
  'src',
  '__tests__/README.md',
];

async function filesOf(place: string): Promise<string[]> {
  if ((await stat(place)).isFile()) return [place];
  const found = await readdir(place, { recursive: true });
  return found.filter((name) => /\.(ts|py|md|yml)$/.test(name)).map((name) => join(place, name).replaceAll('\\', '/'));
}

if (import.meta.main) {
  const asked = process.argv.slice(2);
  const files = (await Promise.all((asked.length > 0 ? asked : places).map(filesOf))).flat();
  for (const file of files.sort()) {
    for (const { line, word, instead } of findWords(await readFile(file, 'utf8'), file.endsWith('.ts'))) {
      console.error(`${file}:${line}: ${word}: write ${instead}`);
      process.exitCode = 1;
    }
  }
}
