/** The text with what stands between the two markers of `name` replaced; the markers are comments of HTML or, with `#`, of YAML. */
export function replaceSection(text: string, name: string, content: string, comment: '<!--' | '#' = '<!--'): string {
  const marker = (end: 'start' | 'end') => (comment === '#' ? `  # ${name}:${end}` : `<!-- ${name}:${end} -->`);
  const [start, end] = [marker('start'), marker('end')];
  const [before, rest] = text.split(`${start}\n`);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`The markers "${start}" and "${end}" are missing.`);
  return `${before}${start}\n${content}\n${end}${after}`;
}
