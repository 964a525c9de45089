import { escapeMarkdown, formatDuration, plural } from '../lib/text.ts';
import {
  accessRows,
  adviceLines,
  cdnRows,
  changesRows,
  code,
  cutLines,
  databaseRows,
  errorLines,
  factsTable,
  folded,
  link,
  migrationRows,
  proofRows,
  type Row,
  stagesTable,
  syncRows,
  titles,
  warningLines,
} from './markdown-parts.ts';
import type { Report } from './report.ts';

/** What a run is about, while it runs. */
export const doings = ['Deploying', 'Removing', 'Rolling back'] as const;
export type Doing = (typeof doings)[number];

/** A run as the comment on its pull request shows it. */
export interface CommentView {
  readonly report: Report;
  /** The stage that is being done; undefined when the run has ended. While it runs the report is what is known so far. */
  readonly stage: string | undefined;
  readonly doing: Doing;
  /** Folder of the app, `.` for the whole repository. */
  readonly app: string;
  /** Page of the repository. */
  readonly repositoryUrl: string;
  readonly runUrl: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly now: number;
}

/** GitHub takes so many characters, the hidden lines before the text among them. */
export const longestComment = 65_536;

function title({ report, stage, doing, app }: CommentView): string {
  const [icon, words] = stage === undefined ? titles[report.status] : ['🔄', doing];
  const place = [report.environment, app === '.' ? undefined : app].filter((name) => name !== undefined).map(code);
  // Screen readers would read the sign aloud before each title.
  return `### <span aria-hidden="true">${icon}</span> ${words}${place.length > 0 ? ` — ${place.join(' · ')}` : ''}`;
}

/** The stages in one line, with the one that is being done. */
function stagesSoFar({ report }: CommentView, stage: string): string {
  const done = report.stages.map(({ name, failed }) => `${failed ? '❌' : '✅'}&nbsp;${escapeMarkdown(name)}`);
  return [...done, `🔄&nbsp;**${escapeMarkdown(stage)}**`].join(' → ');
}

function facts(view: CommentView): Row[] {
  const { report, stage, runUrl, repositoryUrl } = view;
  const rows: Row[] = [];
  const removed = stage === undefined && report.status === 'removed';
  if (report.url && !removed) rows.push(['URL', link(report.url)]);
  if (report.sha) rows.push(['Commit', link(`${repositoryUrl}/commit/${report.sha}`, code(report.sha.slice(0, 7)))]);
  rows.push(...changesRows(report));
  if (stage !== undefined) rows.push(['Stages', stagesSoFar(view, stage)]);
  rows.push(...proofRows(report));
  rows.push(...syncRows('Assets', report), ...cdnRows(report));
  if (!removed) rows.push(...accessRows(report));
  rows.push(...migrationRows(report), ...databaseRows(report));
  if (stage === undefined && !removed) rows.push(['Time', formatDuration(view.now - view.startedAt)]);
  rows.push([
    'Log',
    [link(runUrl, 'Run'), ...(report.logUrl && !removed ? [link(report.logUrl, 'Host')] : [])].join(' · '),
  ]);
  return rows;
}

/** `2026-03-01 12:00 UTC`, by hand as all numbers are. */
function formatTime(milliseconds: number): string {
  const [day = '', time = ''] = new Date(milliseconds).toISOString().split('T');
  return `${day} ${time.slice(0, 5)} UTC`;
}

/**
 * The comment as GitHub's Markdown. The same view gives the same text.
 * @param taken Characters that stand before it: the hidden lines that tell which comment it is.
 */
export function renderComment(view: CommentView, taken: number): string {
  const { report } = view;
  const ended = view.stage === undefined;
  const lines = [title(view), ''];
  if (ended) lines.push(...errorLines(report));
  lines.push(...factsTable(facts(view)), '');
  const { stages, warnings } = report;
  if (ended && warnings.length > 0) {
    lines.push(...folded(plural(warnings.length, 'warning'), warningLines(warnings)));
  }
  if (ended && stages.length > 0) {
    lines.push(...folded(plural(stages.length, 'stage'), stagesTable(stages)));
  }
  if (ended) lines.push(...adviceLines(report));
  lines.push(`<sub>Deploy Django · updated ${formatTime(view.now)}</sub>`);
  return cutLines(lines, longestComment - taken, (line) => line.length);
}
