import { DeployError, type Place } from '../../core/errors.ts';
import { below } from '../../lib/paths.ts';
import { listSome, plural } from '../../lib/text.ts';
import { placeIn } from '../checkout/place.ts';
import { describeFailure, isFatal, isOfStaticFiles, remedyOf } from './django-failures.ts';
import type { MissingReference, NeededVariable, Outcome, StepFailure } from './outcome.ts';

/** Longest list in the message of an error; the findings have the rest. */
const mostLines = 10;

const inBrackets = ({ at }: { readonly at?: Place }): string => (at ? ` (${at.file}, line ${at.line})` : '');

const list = (lines: readonly string[]): string =>
  listSome(
    lines.map((line) => `  ${line}`),
    mostLines,
    '\n',
  );

function neededError(needed: readonly NeededVariable[], workspace: string): DeployError {
  const [first] = needed;
  const place = placeIn(workspace, first?.file, first?.line);
  const names = plural(needed.length, 'environment variable');
  const verb = needed.length === 1 ? 'is' : 'are';
  return new DeployError(
    'DJANGO_FAILED',
    `Django needs ${names} that ${verb} not set: ${needed.map(({ name }) => name).join(', ')}${inBrackets(place)}`,
    {
      hint: ['Add to the input env:', ...needed.map(({ name }) => `  ${name}=…`)].join('\n'),
      ...place,
    },
  );
}

function missingError(missing: readonly MissingReference[], workspace: string): DeployError {
  const lines = missing.map(({ name, file, line, url, target }) => {
    const path = (file && below(workspace, file)) ?? name;
    return `${path}, line ${line}: ${url}${target && target !== url ? ` (${target})` : ''}`;
  });
  const [first] = missing;
  const place = placeIn(workspace, first?.file, first?.line);
  return new DeployError(
    'COLLECT_FAILED',
    [`collectstatic failed: ${plural(missing.length, 'reference')} to files that are not there:`, list(lines)].join(
      '\n',
    ),
    {
      hint: 'Fix each url(), import or sourceMappingURL, or add the file that it names.',
      ...place,
    },
  );
}

const cycleError = (cycle: readonly string[]): DeployError =>
  new DeployError('COLLECT_FAILED', `collectstatic failed: static files name one another: ${cycle.join(' → ')}`, {
    hint: 'No hash can be made of files that go round in a circle. Take one @import or url() of it out.',
  });

function failureError(failure: StepFailure, throwAway: readonly string[], workspace: string): DeployError {
  const last = failure.frames.at(-1);
  const place = placeIn(workspace, last?.file, last?.line);
  const collect = isOfStaticFiles(failure);
  const values =
    throwAway.length > 0 && !collect
      ? ` These are not set and have throw-away values: ${throwAway.join(', ')}. Where one has to have a certain form, give it by the input env.`
      : '';
  return new DeployError(
    collect ? 'COLLECT_FAILED' : 'DJANGO_FAILED',
    `${describeFailure(failure)}${inBrackets(place)}`,
    {
      hint: `${remedyOf(failure)}${values}`,
      ...place,
    },
  );
}

/** The failure that leaves nothing to deploy: Django did not start, or the static files could not be collected. */
export function fatalFailure(outcome: Outcome, workspace: string): DeployError | undefined {
  const { needed = [], escaping, missing, cycle, failures, throw_away: throwAway = [] } = outcome;
  if (needed.length > 0) return neededError(needed, workspace);
  if (escaping && escaping.length > 0) {
    const links = escaping.map(({ file, target }) => `${below(workspace, file) ?? file} → ${target}`);
    return new DeployError(
      'FILES_REFUSED',
      ['Static files are links that lead out of their folder:', list(links)].join('\n'),
      {
        hint: 'collectstatic would copy what they point to into the public folder. Replace the links by files.',
      },
    );
  }
  const failure = failures.find(isFatal);
  if (failure?.step === 'collect' && missing && missing.length > 0) return missingError(missing, workspace);
  if (failure?.step === 'collect' && cycle && cycle.length > 0) return cycleError(cycle);
  return failure && failureError(failure, throwAway, workspace);
}
