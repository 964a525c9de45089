import { takePython } from '../install/python-version.ts';
import type { StepFailure } from './outcome.ts';

const saveAsUtf8 = (from: string): string =>
  `Python reads source files as UTF-8. Save the file as UTF-8, for example: iconv -f ${from} -t UTF-8 old.py > new.py`;

const fixLine =
  'Fix this line: most likely a bracket, a quote, a comma or a colon is missing there or just before. To try it: python -m py_compile and the path of the file.';

/** Whether Python could not read a source file. */
export const isSourceFault = ({ type, source }: StepFailure): boolean =>
  Boolean(source) || ['SyntaxError', 'IndentationError', 'TabError'].includes(type);

/** What to do about a source file that Python cannot read. A newer Python is advised only for what it reads. */
export function adviseSource({ source }: StepFailure): string {
  if (!source) return fixLine;
  const { kind, since, python, own } = source;
  if (!own) {
    const versions = since ? takePython(since) : 'Take another version of the package, or another python-version.';
    return `A package has syntax that Python ${python} does not read. ${versions}`;
  }
  switch (kind) {
    case 'conflict':
      return 'The file has the marks of a merge that was not finished (<<<<<<< and >>>>>>>). Keep what is right of both sides, take the marks out, and commit the file.';
    case 'null':
      return 'The file has null bytes: it is damaged, or saved as UTF-16. Take an older version of it from git, or save it as UTF-8, for example: iconv -f UTF-16LE -t UTF-8 old.py > new.py';
    case 'utf-16':
      return saveAsUtf8('UTF-16');
    case 'encoding':
      return `${saveAsUtf8('CP1252')} and take a line such as "coding: latin-1" out of its top.`;
    case 'indentation':
      return 'Fix the indentation: all lines of a block begin with the same number of spaces, and no tab is among them.';
    case 'newer':
      if (since)
        return `If the line is a mistake, fix it. It looks like syntax of Python ${since}, and the build has ${python}: if it is meant, take that. ${takePython(since)}`;
      return fixLine;
    case 'syntax':
      return fixLine;
  }
}
