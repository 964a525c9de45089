/**
 * What GitHub's runner makes of the output of a step: an oracle for tests. It follows the runner's own rules
 * (ActionCommand.TryParseV2 and TryParse, ActionCommandManager.TryProcessCommand, StreamReader.ReadLine) in its own words.
 */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

export interface RunnerLog {
  /** Commands that were obeyed, in their order; the word that resumes is one of them. */
  readonly obeyed: readonly RunnerCommand[];
  /** Lines that were shown as they are. */
  readonly shown: readonly string[];
  /** Commands are still stopped at the end. */
  readonly stopped: boolean;
}

const registered = [
  'set-env',
  'set-output',
  'save-state',
  'add-path',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'debug',
  'warning',
  'error',
  'notice',
  'group',
  'endgroup',
  'echo',
  'stop-commands',
];

/** Char.IsWhiteSpace of .NET, which TrimStart goes by. */
const leadingSpace = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

const decoded = (text: string, pairs: readonly [string, string][]) =>
  pairs.reduce((left, [escaped, plain]) => left.replaceAll(escaped, plain), text);

const lineEnds: [string, string][] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
];
const dataEscapes: [string, string][] = [...lineEnds, ['%25', '%']];
const propertyEscapes: [string, string][] = [...lineEnds, ['%3A', ':'], ['%2C', ','], ['%25', '%']];
const oldEscapes: [string, string][] = [['%3B', ';'], ...lineEnds, ['%5D', ']'], ['%25', '%']];

function read(
  info: string,
  data: string,
  separator: string,
  known: ReadonlySet<string>,
  escapes: { property: [string, string][]; data: [string, string][] },
): RunnerCommand | undefined {
  const space = info.indexOf(' ');
  const name = space < 0 ? info : info.slice(0, space);
  if (!known.has(name.toLowerCase())) return undefined;
  const properties: Record<string, string> = {};
  for (const pair of space > 0 ? info.slice(space + 1).split(separator) : []) {
    const at = pair.indexOf('=');
    if (at > 0 && at < pair.length - 1) {
      properties[pair.slice(0, at).trim()] = decoded(pair.slice(at + 1), escapes.property);
    }
  }
  return { name, properties, data: decoded(data, escapes.data) };
}

/** `::name property=value::data` at the start of a line, after white space. */
function parseNew(line: string, known: ReadonlySet<string>): RunnerCommand | undefined {
  const text = line.replace(leadingSpace, '');
  if (!text.startsWith('::')) return undefined;
  const end = text.indexOf('::', 2);
  if (end < 0) return undefined;
  return read(text.slice(2, end), text.slice(end + 2), ',', known, { property: propertyEscapes, data: dataEscapes });
}

/** `##[name property=value]data` anywhere in a line. */
function parseOld(line: string, known: ReadonlySet<string>): RunnerCommand | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return undefined;
  return read(line.slice(start + 3, end), line.slice(end + 1), ';', known, { property: oldEscapes, data: oldEscapes });
}

/** Runs the output of a step past the runner. */
export function runnerReads(output: string | Uint8Array): RunnerLog {
  const text = typeof output === 'string' ? output : Buffer.from(output).toString('utf8');
  const known = new Set(registered);
  const obeyed: RunnerCommand[] = [];
  const shown: string[] = [];
  let token: string | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const command = parseNew(line, known) ?? parseOld(line, known);
    if (!command || (token !== undefined && command.name.toLowerCase() !== token)) {
      shown.push(line);
      continue;
    }
    obeyed.push(command);
    if (token !== undefined) {
      known.delete(token);
      token = undefined;
    } else if (command.name.toLowerCase() === 'stop-commands') {
      token = command.data.toLowerCase();
      known.add(token);
    }
  }
  return { obeyed, shown, stopped: token !== undefined };
}
