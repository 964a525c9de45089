import { stripVTControlCharacters } from 'node:util';

/** What the run's log shows in a terminal. */
export interface LogView {
  /** Takes a part of the log; a line may come in several. */
  write(text: string): void;
  /** Shows a last line that nothing has ended. */
  end(): void;
}

/** Groups with a line for each file. */
const long = /^Plan of the uploads/;

/** What the runner's commands stand for in a message. */
const meanings = { '%0D': '', '%0A': '\n', '%25': '%' } as const;
const plain = (text: string) => text.replace(/%0D|%0A|%25/g, (sign) => meanings[sign as keyof typeof meanings]);

/**
 * The log as a reader in a terminal needs it, who has none of GitHub's groups and annotations: a group is a heading, an annotation a
 * sentence, and the runner's other commands are not there.
 * @param shows Whether what the project's commands print and the lines of long groups are shown too.
 */
export function createLogView(print: (line: string) => void, shows: 'all' | 'stages'): LogView {
  let open = '';
  /** Whether the group has a line so far, and an empty one after it. */
  let hasLine = false;
  let isBlank = false;
  let depth = 0;
  let isLong = false;
  /** The word that ends what the project's commands print. */
  let stop: string | undefined;

  const put = (text: string) => {
    if (isBlank) print('');
    isBlank = false;
    hasLine = depth > 0;
    for (const line of text.split('\n')) print(`${'  '.repeat(depth + 1)}${line}`);
  };
  const obey = (name: string, data: string) => {
    if (name === 'group') {
      isBlank = false;
      put(`${data} …`);
      isLong = long.test(data);
      depth = 1;
    } else if (name === 'endgroup') {
      hasLine = false;
      isBlank = false;
      isLong = false;
      depth = 0;
    } else if (name === 'stop-commands') stop = data;
    else if (['error', 'warning', 'notice'].includes(name)) put(`${name}: ${plain(data)}`.replaceAll('\n', '\n  '));
  };
  const take = (line: string) => {
    if (stop !== undefined) {
      if (line === `::${stop}::`) stop = undefined;
      else if (shows === 'all') put(line);
      return;
    }
    const [, name, data = ''] = /^::([a-z-]+)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
    if (name !== undefined) obey(name, data);
    // An empty line is shown between lines of one group only.
    else if (stripVTControlCharacters(line).trim() === '') isBlank = hasLine;
    else if (shows === 'all' || !isLong) put(line);
  };
  return {
    write(text) {
      const lines = (open + text).split(/\r?\n/);
      open = lines.pop() ?? '';
      for (const line of lines) take(line);
    },
    end() {
      if (open !== '') take(open);
      open = '';
    },
  };
}
