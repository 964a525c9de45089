import { escapeMarkdown, formatBytes, plural } from '../lib/text.ts';
import {
  accessRows,
  adviceLines,
  cdnRows,
  changesRows,
  checkupsTable,
  code,
  cutLines,
  databaseRows,
  errorLines,
  factsTable,
  fence,
  findingLines,
  folded,
  link,
  migrationRows,
  otherFindings,
  proofRows,
  type Row,
  stagesTable,
  syncRows,
  titles,
  uploadsTable,
  warningLines,
} from './markdown-parts.ts';
import type { Report } from './report.ts';

/** GitHub drops a summary of more than 1 MiB whole; this leaves room for what other steps write. */
const longest = 512 * 1024;

function facts(report: Report): Row[] {
  const rows: Row[] = [];
  const { url, artifact } = report;
  if (url && report.status !== 'removed') rows.push(['URL', link(url)]);
  if (report.environment) rows.push(['Environment', code(report.environment)]);
  if (report.release) rows.push(['Release', code(report.release)]);
  rows.push(...changesRows(report));
  rows.push(...proofRows(report));
  rows.push(...syncRows('Bucket', report));
  rows.push(...accessRows(report));
  rows.push(...migrationRows(report), ...databaseRows(report));
  rows.push(...cdnRows(report));
  if (artifact)
    rows.push([
      'Artifact',
      `${plural(artifact.files, 'file')}, ${formatBytes(artifact.bytes)}, sha256 ${code(artifact.sha256.slice(0, 16))}`,
    ]);
  if (report.logUrl && report.status !== 'removed') rows.push(["Host's log", link(report.logUrl, 'Open')]);
  return rows;
}

/** What the preflight found, as far as the error has not listed it; the table of `command: check` lists nothing. */
function preflightLines(report: Report): string[] {
  const findings = report.checkups.length > 0 ? report.findings : otherFindings(report);
  if (findings.length === 0) return [];
  const more = findings.length < report.findings.length ? 'more ' : '';
  return folded(
    `Preflight: ${plural(findings.length, `${more}finding`)}`,
    findingLines(findings),
    report.error?.code === 'CHECKS_FAILED',
  );
}

/** The report as GitHub's Markdown, for the job summary. The same report gives the same text. */
export function renderSummary(report: Report): string {
  const [icon, words] = titles[report.status];
  const place = report.environment ? ` — ${escapeMarkdown(report.environment)}` : '';
  const lines = [`### ${icon} ${words}${place}`, '', ...(report.checkups.length > 0 ? [] : errorLines(report))];
  const rows = facts(report);
  if (rows.length > 0) lines.push(...factsTable(rows), '');
  if (report.checkups.length > 0) lines.push(...checkupsTable(report.checkups), '');
  else if (report.stages.length > 0) lines.push(...stagesTable(report.stages), '');
  const { warnings, sync } = report;
  if (warnings.length > 0) lines.push(...folded(plural(warnings.length, 'warning'), warningLines(warnings), true));
  lines.push(...preflightLines(report));
  if (report.workflow)
    lines.push(...folded('The workflow that fits this project', fence(report.workflow.trimEnd(), 'yaml')));
  lines.push(...adviceLines(report));
  if (sync && sync.largest.length > 0) lines.push(...folded('Largest uploads', uploadsTable(sync)));
  return cutLines(lines, longest, Buffer.byteLength);
}
