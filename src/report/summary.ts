import { escapeMarkdown, formatBytes, formatDuration, plural } from '../lib/text.ts';
import type { Report, Status } from './report.ts';

const titles: Readonly<Record<Status, string>> = {
  live: '✅ Live',
  triggered: '🟡 Triggered, not proven',
  planned: '📝 Planned',
  built: '📦 Built',
  skipped: '⏭️ Not deployed',
  superseded: '⏭️ Superseded',
  failed: '❌ Failed',
};

const proofWords = {
  commit: 'it shows the commit',
  host: 'the host says so, and it answers',
  asset: 'it names a file that only this release has',
} as const;

/** GitHub drops a summary of more than 1 MiB whole; this leaves room for what other steps write. */
const longest = 512 * 1024;
const longestMessage = 16 * 1024;

/** An address that stays in its cell. */
const link = (url: string) => `<${url.replaceAll('|', '%7C').replace(/[<>\s]/g, encodeURIComponent)}>`;

const code = (text: string) => `<code>${escapeMarkdown(text)}</code>`;

function facts(report: Report): [string, string][] {
  const rows: [string, string][] = [];
  const { url, proof, sync, artifact } = report;
  if (url) rows.push(['URL', link(url)]);
  if (report.environment) rows.push(['Environment', code(report.environment)]);
  if (report.release) rows.push(['Release', code(report.release)]);
  if (proof?.evidence) {
    const { kind, seen } = proof.evidence;
    rows.push(['Proof', `${proofWords[kind]}: ${code(seen)}`]);
  }
  if (proof) {
    const foreign = proof.foreignAssets > 0 ? `; ${proof.foreignAssets} of other sites not asked` : '';
    rows.push(['Files of the page', `${plural(proof.assets, 'file')} load${proof.assets === 1 ? 's' : ''}${foreign}`]);
  }
  if (sync) {
    const kept = sync.kept > 0 ? `, ${plural(sync.kept, 'newer media file')} left alone` : '';
    const deleted = sync.deleted > 0 ? `, ${plural(sync.deleted, 'old file')} deleted` : '';
    rows.push([
      'Bucket',
      `${plural(sync.uploaded, 'upload')} (${formatBytes(sync.bytesUploaded)}), ${sync.unchanged} unchanged${kept}${deleted}`,
    ]);
  }
  if (artifact)
    rows.push([
      'Artifact',
      `${plural(artifact.files, 'file')}, ${formatBytes(artifact.bytes)}, sha256 ${code(artifact.sha256.slice(0, 16))}`,
    ]);
  if (report.logUrl) rows.push(["Host's log", link(report.logUrl)]);
  return rows;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function folded(title: string, lines: readonly string[]): string[] {
  return ['', `<details><summary>${title}</summary>`, '', ...lines, '', '</details>'];
}

/** The report as GitHub's Markdown, for the job summary. The same report gives the same text. */
export function renderSummary(report: Report): string {
  const lines = [
    `### ${titles[report.status]}${report.environment ? ` — ${escapeMarkdown(report.environment)}` : ''}`,
    '',
  ];
  if (report.error) {
    lines.push(
      `**${escapeMarkdown(report.error.code)}**`,
      '',
      '```text',
      report.error.message.slice(0, longestMessage).replaceAll('```', "'''"),
      '```',
      '',
    );
    if (report.error.hint) lines.push(escapeMarkdown(report.error.hint), '');
  } else if (report.reason) lines.push(escapeMarkdown(report.reason), '');
  const rows = facts(report);
  if (rows.length > 0) lines.push(...table(['', ''], rows), '');
  const stages = report.stages.map(({ name, milliseconds, failed, result }) => [
    `${failed ? '❌' : '✅'} ${name}`,
    formatDuration(milliseconds),
    escapeMarkdown(result),
  ]);
  if (stages.length > 0) lines.push(...table(['Stage', 'Time', 'Result'], stages));
  if (report.warnings.length > 0) {
    const items = report.warnings.map((warning) => `- ${escapeMarkdown(warning)}`);
    lines.push(...folded(plural(report.warnings.length, 'warning'), items));
  }
  if (report.findings.length > 0) {
    const items = report.findings.map(({ level, id, message }) => [level, code(id), escapeMarkdown(message)]);
    lines.push(
      ...folded(`Preflight: ${plural(report.findings.length, 'finding')}`, table(['Level', 'Check', 'Message'], items)),
    );
  }
  const largest = report.sync?.largest ?? [];
  if (largest.length > 0) {
    const items = largest.map(({ key, bytes }) => [code(key), formatBytes(bytes)]);
    lines.push(...folded('Largest uploads', table(['Object', 'Size'], items)));
  }
  return cutLines(lines, longest);
}

/** Whole lines only, so that a cut never leaves half a row of a table. */
function cutLines(lines: readonly string[], limit: number): string {
  let size = 0;
  const kept: string[] = [];
  for (const line of lines) {
    size += Buffer.byteLength(line) + 1;
    if (size > limit) return `${kept.join('\n')}\n\n_Cut: the report has the rest._\n`;
    kept.push(line);
  }
  return `${kept.join('\n')}\n`;
}
