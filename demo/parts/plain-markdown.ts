import { decodeHTML } from 'entities';
import { lexer, type Token, type Tokens } from 'marked';

/** Columns that a terminal needs for a text; an emoji has two. */
function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text))
    width += /\p{Emoji_Presentation}|\ufe0f/u.test(segment) ? 2 : 1;
  return width;
}

/** The words of a line. Of a link they are its text, because the address would be wider than the table. */
function words(tokens: readonly Token[] = []): string {
  const parts = tokens.map((token) => {
    if (token.type === 'html') return '';
    if (token.type === 'codespan') return token.text as string;
    if ('tokens' in token && token.tokens) return words(token.tokens);
    return 'text' in token ? decodeHTML(token.text) : '';
  });
  return parts.join('').replaceAll('\u00a0', ' ').replaceAll('\u200b', '');
}

/** The cells below each other; what follows the last one of a row is not padded. */
function tableLines({ header, rows, align }: Tokens.Table): string[] {
  const texts = [header, ...rows].map((row) => row.map(({ tokens }) => words(tokens)));
  const widths = header.map((_, at) => Math.max(...texts.map((row) => widthOf(row[at] ?? ''))));
  return texts.map((row) => {
    const cells = row.map((text, at) => {
      const space = ' '.repeat((widths[at] ?? 0) - widthOf(text));
      return align[at] === 'right' ? space + text : text + space;
    });
    return cells.join('  ').trimEnd();
  });
}

const indented = (lines: readonly string[]) => lines.map((line) => (line === '' ? '' : `  ${line}`));

function blockLines(token: Token): string[] {
  switch (token.type) {
    case 'table':
      return tableLines(token as Tokens.Table);
    case 'code':
      return indented((token as Tokens.Code).text.split('\n'));
    case 'list':
      return (token as Tokens.List).items.flatMap(({ tokens }) => {
        const [first = '', ...rest] = tokens.flatMap(blockLines);
        return [`- ${first}`, ...indented(rest)];
      });
    case 'html': {
      // What GitHub folds stands below its title.
      const [, title] = /<summary>(.*?)<\/summary>/.exec(token.raw) ?? [];
      return title === undefined ? [] : [`${decodeHTML(title.replace(/<[^>]+>/g, ''))}:`];
    }
    case 'space':
      return [];
    default:
      return [words('tokens' in token && token.tokens ? token.tokens : [token])];
  }
}

/** GitHub's Markdown, as far as this action's summaries use it, as lines for a terminal. */
export function plainMarkdown(markdown: string): string[] {
  const blocks = lexer(markdown).map(blockLines);
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}
