import { DeployError } from '../core/errors.ts';
import { formatDuration, plural } from '../lib/text.ts';
import type { Evidence } from '../report/evidence.ts';
import type { AssetProblem } from './asset-report.ts';
import { join, type LookRequest, type WayBack } from './round.ts';

/** The release answers, and some of its files do not load. */
export class BrokenAssetsError extends DeployError {
  /** What showed the release all the same; undefined where nothing did. */
  readonly evidence: Evidence | undefined;

  constructor(message: string, hint: string, evidence: Evidence | undefined) {
    super('ASSETS_BROKEN', message, { hint });
    this.evidence = evidence;
  }
}

/** What is to be done about a release that fails. One that was taken back is told otherwise. */
const ways: Readonly<Record<WayBack | 'none', string>> = {
  'by hand':
    'Run the action with "command: rollback" to put the release before back; "rollback: true" does so by itself at the next failure.',
  'by itself': 'A warning says why the release before could not be put back. Revert the commit, and push.',
  none: "Fix what the app's log says, or revert the commit, and push.",
};

/** The release is what serves, and answers 500 to everything: the site is down, and nothing else is waited for. */
export class FailingReleaseError extends DeployError {
  constructor({ url, healthPath, marks, fineBefore, wayBack }: LookRequest, seen: string) {
    const before = fineBefore ? '; the page answered 200 before it' : '';
    const title = `Release ${marks.release} is live and answers 500${before}.`;
    const lines = [title, `  page:     ${join(url, healthPath)}`, `  seen:     ${seen}`];
    super('NOT_PROVEN', lines.join('\n'), { hint: `The site is down now. ${ways[wayBack ?? 'none']}` });
  }
}

/** Files that browsers do not load, each with what to do. */
export function brokenAssets(problems: readonly AssetProblem[], evidence: Evidence | undefined): DeployError {
  const lines = problems.slice(0, 8).map(({ url, message }) => `  ${url} ${message}`);
  const more = problems.length > 8 ? [`  and ${problems.length - 8} more`] : [];
  const title = `The new release answers, but its page links ${plural(problems.length, 'file')} that browsers do not load:`;
  const hint = 'Each line says what to do. Visitors see a broken page until it is fixed.';
  return new BrokenAssetsError([title, ...lines, ...more].join('\n'), hint, evidence);
}

/** What the page has to show. */
function expected(request: LookRequest): string {
  const { marks, expectation } = request;
  const commit = marks.sha.slice(0, 12);
  if (marks.header !== undefined) return `${marks.header}: ${commit}`;
  if (marks.path !== undefined) return `${commit} at ${marks.path}`;
  if (marks.body !== undefined) return `the text of proof-body for ${commit}`;
  if (expectation.expected !== '') return expectation.expected;
  return 'a page that answers 200';
}

/** What was expected of the page, and what was seen until the deadline. */
export function notProven(request: LookRequest, seen: string, waited: number): DeployError {
  const { url, healthPath } = request;
  const message = [
    `${join(url, healthPath)} did not show release ${request.marks.release} within ${formatDuration(waited)}.`,
    `  expected: ${expected(request)}`,
    `  seen:     ${seen}`,
  ].join('\n');
  return new DeployError('NOT_PROVEN', message, {
    hint: "Look at the host's deploy: it may have failed, or still run (then raise timeout). If it is live and the page looks as before, let the app say its commit in the header X-Release, or name the place by proof-header, proof-path, proof-body or another health-path (docs/proof.md).",
  });
}
