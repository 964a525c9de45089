import { firstLine } from '../../src/lib/text.ts';
import type { Report } from '../../src/report/report.ts';

/** The part of a report that says what to do. */
export type Advice = Pick<Report, 'error' | 'findings' | 'checkups' | 'warnings'>;

/** What advice calls something of a workflow by, and what does the same in a terminal. */
const ways: readonly { readonly workflow: RegExp; readonly here: string }[] = [
  {
    workflow: /actions\/setup-python|\bpython-version\b/,
    here: 'For actions/setup-python: install that Python here, so that its name with the version (python3.13) is on the PATH.',
  },
  {
    workflow:
      /\b(?:a|the) step\b.*\bbefore\b|\bbefore this (?:one|step)\b|\bin a step before\b|\b(?:uses|run): |\w\/(?:action-setup|setup-(?!python)\w)/,
    here: 'Where a step before this one is named: run in this terminal what it is to install or make, and then this command again.',
  },
  {
    workflow: /actions\/checkout/,
    here: 'For actions/checkout: the clone is made here, by git clone of your last commit, without submodules.',
  },
  {
    workflow: /\$\{\{ secrets\.|\ba secret\b|\bthe secrets?\b/i,
    here: 'For a secret: write the value itself behind the name of the input, or "$NAME" for that of a variable here.',
  },
  {
    workflow: /"env:" of the step|\benv of the step\b|"env:"/,
    here: 'For "env:" of the step: set the variable in this terminal.',
  },
];

/** The inputs that a text tells to give: a name with a hyphen is nothing else, and others stand after or before a sign of it. */
function inputsIn(text: string, names: readonly string[]): string[] {
  const told = `(?:[Ss]et|[Ww]rite|[Gg]ive|[Aa]dd|[Ll]eave|[Ii]nputs?|[Ii]nto) "?`;
  return names.filter((name) => {
    const sign = name.includes('-') ? String.raw`(?<![\w./-])${name}(?![\w./-])` : `${told}${name}(?![\\w-])`;
    const short = name === 'env' ? String.raw`|\b(?:by|in) env\b` : '';
    return new RegExp(String.raw`${sign}${short}|(?:^|[^\w./-])${name}(?:: |=)\S`, 'm').test(text);
  });
}

/** An input as it is written after the folder, with the value or the name of a variable that the text has. */
function written(name: string, text: string): string {
  const [, variable = 'NAME'] = /\benv\b(?:: |:?\s*\n\s*|=)([A-Z_][A-Z0-9_]*)=/.exec(text) ?? [];
  if (name === 'env') return `env=${variable}=…`;
  const [, value = '…'] = new RegExp(String.raw`(?:^|\s)${name}=([\w/-]*[\w/-])`, 'm').exec(text) ?? [];
  return `${name}=${value}`;
}

/** What a report tells to do. What programs of the project have printed stands in messages of other codes, and below the first line. */
function textsOf({ error, findings, checkups, warnings }: Advice): string {
  const message =
    error?.code === 'INVALID_INPUTS' ? error.message : error?.code === 'HOST_FAILED' ? firstLine(error.message) : '';
  const found = findings.filter(({ level }) => level !== 'notice').map(({ message: text }) => text);
  return [message, error?.hint ?? '', ...found, ...checkups.map(({ todo }) => todo ?? ''), ...warnings].join('\n');
}

/** How what was run is called in a terminal. */
export interface Call {
  /** Up to the folder, with its flags. */
  readonly command: string;
  /** The inputs that may stand behind it. */
  readonly inputs: readonly string[];
  /** Those that stand there. Their values may be secret, so that the command is not repeated with them. */
  readonly given: readonly string[];
}

function whereTo(told: readonly string[], { command, given }: Call): string {
  if (given.length === 0) return `after the folder, as in: ${command}`;
  return told.some((name) => given.includes(name))
    ? 'in your command, in place of what stands there, as in:'
    : 'at the end of your command, as in:';
}

/**
 * Says how to do in a terminal what advice says for a workflow: there is no "with:" here, and no step before. Empty where the advice
 * has nothing of a workflow.
 */
export function onThisMachine(advice: Advice, call: Call): string[] {
  const text = textsOf(advice);
  const lines = ways.filter(({ workflow }) => workflow.test(text)).map(({ here }) => here);
  const told = inputsIn(text, call.inputs);
  if (told.length === 0) return lines;
  const examples = told.slice(0, 3).map((name) => written(name, text));
  return [...lines, `An input that is named above is written ${whereTo(told, call)} ${examples.join(' ')}`];
}
