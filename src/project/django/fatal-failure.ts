import { DeployError, inBrackets } from '../../core/errors.ts';
import { below } from '../../lib/paths.ts';
import { listSome, plural } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { placeIn } from '../checkout/place.ts';
import { type OptionalSet, whereItIs } from '../install/optional-packages.ts';
import {
  adviseBrokenLink,
  describeFailure,
  isFatal,
  isOfStaticFiles,
  lacksBuiltFile,
  missingModule,
  remedyOf,
} from './django-failures.ts';
import { adviseReference } from './missing-references.ts';
import type { MissingReference, NeededVariable, Outcome, StepFailure } from './outcome.ts';
import { describePipeline } from './pipeline-faults.ts';
import type { ProjectSettings } from './settings-shape.ts';
import { lineOf } from './variable-advice.ts';

/** Longest list in the message of an error; the findings have the rest. */
const mostLines = 10;
/** Most ways of fixing that an error names; most references are alike. */
const mostAdvice = 3;

const list = (lines: readonly string[]): string =>
  listSome(
    lines.map((line) => `  ${line}`),
    mostLines,
    '\n',
  );

function neededError(
  needed: readonly NeededVariable[],
  project: ProjectSettings | undefined,
  workspace: string,
  withheld: readonly string[],
): DeployError {
  const there = needed.filter(({ name }) => withheld.includes(name)).map(({ name }) => name);
  const inStep =
    there.length > 0 ? [`(set in this job, but the build gets the input env alone: ${there.join(', ')})`] : [];
  const onHost = `The app on the host needs ${needed.length === 1 ? 'it' : 'them'}, too.`;
  const [first] = needed;
  const place = placeIn(workspace, first?.file, first?.line);
  const names = plural(needed.length, 'environment variable');
  const verb = needed.length === 1 ? 'is' : 'are';
  return new DeployError(
    'DJANGO_FAILED',
    `Django needs ${names} that ${verb} not set: ${needed.map(({ name }) => name).join(', ')}${inBrackets(place.at)}`,
    {
      hint: [
        'Add to the input env:',
        ...needed.map(({ name }) => `  ${lineOf(project, name)}`),
        ...inStep,
        onHost,
      ].join('\n'),
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
  const advice = missing.map((one) => adviseReference(one, placeIn(workspace, one.file, one.line).at !== undefined));
  return new DeployError(
    'COLLECT_FAILED',
    [`collectstatic failed: ${plural(missing.length, 'reference')} to files that are not there:`, list(lines)].join(
      '\n',
    ),
    {
      hint: [...new Set(advice)].slice(0, mostAdvice).join('\n'),
      ...place,
    },
  );
}

function linksError(links: NonNullable<Outcome['escaping']>, workspace: string): DeployError {
  const outside = links.filter(({ broken }) => !broken);
  const shown = (outside.length > 0 ? outside : links).map(
    ({ file, target }) => `${below(workspace, file) ?? file} → ${below(workspace, target) ?? target}`,
  );
  if (outside.length === 0)
    return new DeployError('COLLECT_FAILED', ['Static files are links to what is not there:', list(shown)].join('\n'), {
      hint: adviseBrokenLink,
    });
  return new DeployError(
    'FILES_REFUSED',
    ['Static files are links that lead out of their folder:', list(shown)].join('\n'),
    { hint: 'collectstatic would copy what they point to into the public folder. Replace the links by files.' },
  );
}

const cycleError = (cycle: readonly string[]): DeployError =>
  new DeployError('COLLECT_FAILED', `collectstatic failed: static files name one another: ${cycle.join(' → ')}`, {
    hint: 'No hash can be made of files that go round in a circle. Take one @import or url() of it out.',
  });

function failureError(
  failure: StepFailure,
  { project, throw_away: throwAway = [] }: Outcome,
  workspace: string,
): DeployError {
  const last = failure.frames.at(-1);
  const place = placeIn(workspace, last?.file, last?.line);
  const collect = isOfStaticFiles(failure);
  const values =
    throwAway.length > 0 && !collect
      ? ` These are not set and have throw-away values: ${throwAway.join(', ')}. Where one has to have a certain form, give it by the input env.`
      : '';
  return new DeployError(
    collect ? 'COLLECT_FAILED' : 'DJANGO_FAILED',
    `${describeFailure(failure)}${inBrackets(place.at)}`,
    {
      hint: `${remedyOf(failure, project)}${values}`,
      ...place,
    },
  );
}

/** What else the build knows, and a failure may come from. */
export interface Surroundings {
  /** What the project names and nothing has installed. */
  readonly optional?: readonly OptionalSet[];
  /** Path of the file that packages were installed from. */
  readonly lockFile?: string | undefined;
  /** Variables of the step that the build was not given. */
  readonly withheld?: readonly string[];
  /** What was found elsewhere. */
  readonly findings?: readonly Finding[];
}

/** The failure that leaves nothing to deploy: Django did not start, or the static files could not be collected. */
export function fatalFailure(
  outcome: Outcome,
  workspace: string,
  surroundings: Surroundings = {},
): DeployError | undefined {
  const error = failureOf(outcome, workspace, surroundings);
  const module = error && missingModule(outcome.failures.find(isFatal));
  const where = module && whereItIs(module, surroundings.optional ?? [], surroundings.lockFile);
  const frontEnd = surroundings.findings?.find(({ id }) => id === 'deploy.front-end');
  const pipeline = outcome.pipeline?.find(({ kind }) => kind === 'text');
  const ofCollect = pipeline ? describePipeline(pipeline) : frontEnd?.message;
  const ofStart = outcome.failures.filter(isFatal).some(lacksBuiltFile) ? frontEnd?.message : undefined;
  const hint = where ?? (error?.code === 'COLLECT_FAILED' ? ofCollect : ofStart);
  if (!error || !hint) return error;
  return new DeployError(error.code, error.message, { hint, ...(error.at ? { at: error.at } : {}) });
}

function failureOf(outcome: Outcome, workspace: string, { withheld = [] }: Surroundings): DeployError | undefined {
  const { project, needed = [], escaping, missing, cycle, failures } = outcome;
  if (needed.length > 0) return neededError(needed, project, workspace, withheld);
  if (escaping && escaping.length > 0) return linksError(escaping, workspace);
  const failure = failures.find(isFatal);
  if (failure?.step === 'collect' && missing && missing.length > 0) return missingError(missing, workspace);
  if (failure?.step === 'collect' && cycle && cycle.length > 0) return cycleError(cycle);
  return failure && failureError(failure, outcome, workspace);
}
