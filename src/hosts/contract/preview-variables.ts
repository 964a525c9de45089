import { leadsToData, previewMark } from './preview-safety.ts';

type Variables = Readonly<Record<string, string>>;

const entriesOf = (production: Variables) => Object.entries(production).filter(([name]) => name !== previewMark);

/** The variables of production that a new preview gets, and what it is a preview of. */
export const previewVariables = (production: Variables, of: string): Record<string, string> => ({
  ...Object.fromEntries(entriesOf(production).filter(([name, value]) => !leadsToData(name, value))),
  [previewMark]: of,
});

/** Names of production's variables that a new preview does not get. */
export const notCopied = (production: Variables): string[] =>
  entriesOf(production).flatMap(([name, value]) => (leadsToData(name, value) ? name : []));

/** What the check of a preview warns of, where it is not there yet. */
export const warnOfMissing = (names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [
        `the preview does not get ${names.join(', ')} of production, because they are secrets or lead to its data. Set what it needs by host-env.`,
      ];

export const isMarked = (variables: Variables, of: string): boolean => variables[previewMark] === of;

/** What `destroy` says of something that has a preview's name and not its mark. */
export const left = (what: string) =>
  ({ outcome: 'left', message: `${what} is not one that this action made` }) as const;
