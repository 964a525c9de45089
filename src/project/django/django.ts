import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DeployError } from '../../core/errors.ts';
import { hostLike } from '../checkout/build-environment.ts';
import type { ShellIO } from '../checkout/shell.ts';
import type { Python } from '../install/python.ts';
import { isFatal } from './django-failures.ts';
import { type NeededVariable, type Outcome, readOutcome } from './outcome.ts';
import { isSecretName, placeholder } from './placeholders.ts';
import { createThrowAway } from './throw-away-values.ts';

export interface DjangoRequest {
  /** Absolute paths. */
  readonly managePy: string;
  readonly projectRoot: string;
  readonly workspace: string;
  /** Folder for the request, the outcome and the static files. */
  readonly scratch: string;
  readonly checks: boolean;
  readonly migrations: boolean;
  /** Paths that git holds, relative to the checkout: what a link may lead to. */
  readonly tracked?: readonly string[];
  /** Names of the variables that the input `env` or the host gives. */
  readonly given?: readonly string[];
}

/** The text of each Python file, by its path below src/project/python. */
export type Steps = Readonly<Record<string, string>>;

export interface DjangoRun {
  readonly outcome: Outcome;
  /** The interpreter with the environment in which Django started, throw-away values among it. */
  readonly python: Python;
}

/** Settings that ask for one variable after another are started anew for each; more than this nobody has. */
const mostStarts = 25;

/** Bytes. A project with thousands of findings has some hundred thousand. */
const largestOutcome = 64 * 1024 * 1024;

/** What was found missing so far, and what it was set to. */
interface Gaps {
  readonly values: Record<string, string>;
  readonly throwAway: (name: string) => string;
  readonly madeUp: string[];
  readonly needed: NeededVariable[];
  /** The outcome that named the first variable for which nothing can be made up. */
  failed: Outcome | undefined;
}

/** Fills what an outcome says is missing. Whether there was anything new. */
function fill(gaps: Gaps, outcome: Outcome): boolean {
  const known = Object.keys(gaps.values).length;
  for (const { variables, frames } of outcome.failures) {
    const last = frames.at(-1);
    for (const name of variables) {
      if (name in gaps.values) continue;
      if (isSecretName(name)) {
        gaps.values[name] = gaps.throwAway(name);
        gaps.madeUp.push(name);
      } else {
        gaps.values[name] = placeholder(name);
        gaps.needed.push({ name, file: last?.file ?? null, line: last?.line ?? null });
        gaps.failed ??= outcome;
      }
    }
  }
  return Object.keys(gaps.values).length > known;
}

/**
 * Adds what the modules that did not load read without a default: a made-up value has ended the search, and what comes behind
 * it would cost an attempt each.
 */
function addUnreached({ values, needed }: Gaps, outcomes: readonly (Outcome | undefined)[]): void {
  for (const failure of outcomes.flatMap((one) => one?.failures ?? [])) {
    for (const asked of failure.asks ?? []) {
      if (asked.name in values || isSecretName(asked.name)) continue;
      values[asked.name] = placeholder(asked.name);
      needed.push(asked);
    }
  }
}

const fillingNote = ({ values }: Gaps): Uint8Array =>
  Buffer.from(`Django is started again, because these variables are not set: ${Object.keys(values).join(', ')}\n`);

/**
 * Starts Django, as its manage.py starts it, for probe, checks, migrations and collectstatic. Where secrets are not set it
 * starts again with throw-away values, and where other variables are not set it goes on only to learn the names of all.
 * @throws DeployError DJANGO_FAILED where the process left no outcome.
 */
export async function runDjango(io: ShellIO, steps: Steps, python: Python, request: DjangoRequest): Promise<DjangoRun> {
  for (const [path, text] of Object.entries(steps)) {
    const file = join(request.scratch, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await writeFile(join(request.scratch, 'tracked'), (request.tracked ?? []).join('\0'));
  const gaps: Gaps = { values: {}, throwAway: createThrowAway(), madeUp: [], needed: [], failed: undefined };
  for (let starts = 1; ; starts++) {
    const filled = { ...python, env: { ...hostLike(python.env, request.given ?? []), ...gaps.values } };
    const looking = gaps.failed !== undefined;
    const outcome = await startOnce(io, filled, request, looking).catch((error: unknown) => {
      // With a made-up value nothing that happens is the project's fault; the names are.
      if (looking && error instanceof DeployError) return undefined;
      throw error;
    });
    if (outcome && starts < mostStarts && fill(gaps, outcome)) {
      io.show(fillingNote(gaps));
      continue;
    }
    const { failed, needed, madeUp } = gaps;
    if (failed) {
      if (!outcome?.finished) addUnreached(gaps, [failed, outcome]);
      const { failures } = failed;
      const settings = outcome?.project ? { project: outcome.project } : {};
      return { outcome: { ...settings, failures, throw_away: madeUp, needed }, python: filled };
    }
    if (!outcome) throw new DeployError('INTERNAL', 'Django left no outcome.');
    return { outcome: { ...outcome, throw_away: [...madeUp, ...(outcome.throw_away ?? [])] }, python: filled };
  }
}

/** The outcome's text; empty if there is none, or if it is larger than any project's. */
async function readAnswer(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.size > largestOutcome) return '';
  return readFile(path, 'utf8').catch(() => '');
}

/** One process. `onlyStart` leaves out everything that comes after the checks. */
async function startOnce(io: ShellIO, python: Python, request: DjangoRequest, onlyStart: boolean): Promise<Outcome> {
  const asked = join(request.scratch, 'request.json');
  const answered = join(request.scratch, 'outcome.json');
  await writeFile(answered, '');
  await writeFile(
    asked,
    JSON.stringify({
      manage_py: request.managePy,
      project_root: request.projectRoot,
      workspace: request.workspace,
      tracked: join(request.scratch, 'tracked'),
      static_root: join(request.scratch, 'static'),
      outcome: answered,
      checks: request.checks,
      migrations: request.migrations,
      only_start: onlyStart,
    }),
  );
  // Sets of strings have another order in every process, unless this says otherwise.
  const env = { PYTHONHASHSEED: '0', ...python.env };
  const args = [join(request.scratch, 'django_steps.py'), asked];
  const exit = await io.exec({ program: python.program, args, cwd: request.projectRoot, env }, io.show, io.signal);
  const text = await readAnswer(answered);
  const { value: outcome, wrong } = readOutcome(text);
  // A fatal failure explains itself; everything else has to have come to its end.
  if (outcome && (outcome.finished || outcome.failures.some(isFatal))) return outcome;
  if (outcome?.project) {
    throw new DeployError(
      'DJANGO_FAILED',
      `Django ended with exit code ${exit} in the middle of its checks and collectstatic.`,
      {
        hint: exit === 137 ? 'The system ended it: it ran out of memory.' : 'What it printed stands above.',
      },
    );
  }
  const broken = wrong !== undefined && text !== '' ? ` Its outcome is invalid: ${wrong}.` : '';
  throw new DeployError(
    'DJANGO_FAILED',
    `manage.py ended with exit code ${exit} before Django ran a command.${broken}`,
    {
      hint: 'manage.py has to call execute_from_command_line(sys.argv). What it printed stands above.',
    },
  );
}
