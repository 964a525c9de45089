import { placeText } from '../core/errors.ts';
import { escapeMarkdown, firstLine, formatBytes, formatCount, formatDuration, plural } from '../lib/text.ts';
import type { Finding } from './finding.ts';
import type { Checkup, DatabaseReport, Report, StageReport, Status, SyncReport } from './report.ts';

/** What the job summary and the comment on a pull request are made of: GitHub's Markdown, and nothing of it by strangers. */
export const titles: Readonly<Record<Status, readonly [icon: string, words: string]>> = {
  live: ['✅', 'Live'],
  triggered: ['🟡', 'Triggered, not proven'],
  planned: ['📝', 'Planned'],
  built: ['📦', 'Built'],
  synced: ['☁️', 'Synced'],
  skipped: ['⏭️', 'Not deployed'],
  superseded: ['⏭️', 'Superseded'],
  removed: ['🧹', 'Removed'],
  'rolled-back': ['↩️', 'Rolled back'],
  failed: ['❌', 'Failed'],
};

const proofWords = {
  commit: 'it shows the commit',
  host: 'the host says so, and it answers',
  asset: 'it names a file that only this release has',
} as const;

/** A name and a text about it, as Markdown. */
export type Row = readonly [name: string, value: string];

/** An address that stays in its link and its cell. */
const safeUrl = (url: string) => url.replace(/[<>\s`[\]|\\]/g, encodeURIComponent);

/** A link; `text` is Markdown. Without one it shows the address, without the scheme. */
export const link = (url: string, text = escapeMarkdown(url.replace(/^https?:\/\//, '').replace(/\/$/, ''))): string =>
  `[${text}](<${safeUrl(url)}>)`;

export const code = (text: string): string => `<code>${escapeMarkdown(text)}</code>`;

/** What is new, as a link to the comparison; no row where nothing was live before, or is live any more. */
export const changesRows = ({ changes, status }: Report): Row[] =>
  changes && status !== 'removed'
    ? [['New', link(changes.page, `changes since ${escapeMarkdown(changes.since.slice(0, 7))}`)]]
    : [];

/** A table; `align` of a column is `---`, `:--` or `--:`. */
function table(head: readonly string[], rows: readonly (readonly string[])[], align = head.map(() => ':--')): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(align), ...rows.map(line)];
}

/** Facts as a table without a head of its own, because GitHub would show an empty one: the first fact is it. */
export const factsTable = ([first = ['', ''], ...rows]: readonly Row[]): string[] => table(first, rows);

export function folded(title: string, lines: readonly string[], open = false): string[] {
  return [`<details${open ? ' open' : ''}><summary>${title}</summary>`, '', ...lines, '', '</details>', ''];
}

const longestMessage = 16 * 1024;

export const fence = (text: string, language = 'text'): string[] => [
  `\`\`\`${language}`,
  ...text.slice(0, longestMessage).replaceAll('```', "'''").split('\n'),
  '```',
];

/** So many findings are listed with the error; the rest is in the summary. */
const mostListed = 10;

/** The findings that the error lists: of those that stop the deploy, and of warnings. */
function listedFindings({ error, findings }: Report): Finding[] {
  if (error?.code !== 'CHECKS_FAILED') return [];
  return findings.filter(({ level }) => level !== 'notice').slice(0, mostListed);
}

/** The findings that stand in no other part of a text that shows the error. */
export function otherFindings(report: Report): Finding[] {
  const listed = listedFindings(report);
  return report.findings.filter((finding) => !listed.includes(finding));
}

/** What went wrong: code, whole message with the last lines of the log, and what to do. */
export function errorLines(report: Report): string[] {
  const { error, reason, stages } = report;
  if (!error) return reason ? [escapeMarkdown(reason), ''] : [];
  const stage = stages.find(({ failed }) => failed);
  const where = stage ? ` in ${escapeMarkdown(stage.name)}` : '';
  const hint = error.hint ? [`💡 ${escapeMarkdown(error.hint)}`, ''] : [];
  const stops = listedFindings(report);
  // A fenced block does not wrap its lines, and findings are sentences.
  const message =
    stops.length > 0 ? [escapeMarkdown(firstLine(error.message)), '', ...findingLines(stops)] : fence(error.message);
  const title = /^https?:/.test(error.page ?? '')
    ? link(error.page ?? '', escapeMarkdown(error.code))
    : escapeMarkdown(error.code);
  return [`**${title}**${where}`, '', ...message, '', ...hint];
}

/** What to copy so that the next deploy can be proven. */
export const adviceLines = ({ advice }: Report): string[] =>
  advice === undefined ? [] : folded('How to prove the next deploy', fence(advice));

/** What became of the bucket; no row where nothing did. */
export function syncRows(name: string, { sync }: Report): Row[] {
  return sync && sync.uploaded + sync.unchanged + sync.kept + sync.deleted > 0 ? [[name, syncWords(sync)]] : [];
}

/** One line on what went into the bucket, or out of it. */
function syncWords({ uploaded, bytesUploaded, unchanged, kept, deleted }: SyncReport): string {
  // Nothing but a preview that is taken away does that.
  if (uploaded + unchanged + kept === 0) return `${plural(deleted, 'file')} deleted`;
  const left = kept > 0 ? `, ${plural(kept, 'newer media file')} left alone` : '';
  const gone = deleted > 0 ? `, ${plural(deleted, 'old file')} deleted` : '';
  return `${plural(uploaded, 'upload')} (${formatBytes(bytesUploaded)}), ${formatCount(unchanged)} unchanged${left}${gone}`;
}

const readers = {
  public: 'anybody can read them',
  private: 'nobody can without a signature',
  unknown: 'not known, the bucket does not answer',
} as const;

/** Who can read what is in the bucket, and which sites may use it; no row where nobody looked. */
export function accessRows({ access }: Report): Row[] {
  const { static: statics, media, origins = [] } = access ?? {};
  const rows: Row[] = [];
  const words = [
    ...(statics ? [`Static files: ${readers[statics]}`] : []),
    ...(media ? [`Media: ${readers[media]}`] : []),
  ];
  if (words.length > 0) rows.push(['Access', words.join('. ')]);
  if (origins.length > 0) rows.push(['Allowed origins', origins.map(code).join(', ')]);
  return rows;
}

/** What became of the database; no row where nothing did. */
export function migrationRows({ migrations, status }: Report): Row[] {
  if (!migrations) return [];
  const { planned, applied, failed } = migrations;
  const names = (some: readonly string[]) =>
    some.slice(0, mostListed).map(code).join(', ') + (some.length > mostListed ? ' …' : '');
  const ran = applied.length > 0 ? [`${plural(applied.length, 'migration')} ran: ${names(applied)}`] : [];
  const broke = failed ? [`❌ ${code(failed)} failed`] : [];
  const waiting =
    status === 'planned' && planned.length > 0
      ? [`${plural(planned.length, 'migration')} would run: ${names(planned)}`]
      : [];
  const parts = [...ran, ...broke, ...waiting];
  return parts.length > 0 ? [['Database', parts.join('; ')]] : [];
}

const databaseWords: Readonly<Record<DatabaseReport['state'], string>> = {
  created: 'created',
  kept: 'kept',
  dropped: 'dropped',
  gone: 'was gone already',
  left: 'left alone, because it is not of this preview',
};

/** What became of the previews' own databases; no row where there are none. */
export function databaseRows({ databases }: Report): Row[] {
  if (databases.length === 0) return [];
  const shown = databases
    .slice(0, mostListed)
    .map(({ name, state, seeded }) => `${code(name)} ${databaseWords[state]}${seeded ? ' and seeded' : ''}`);
  const more = databases.length > mostListed ? ' …' : '';
  return [[databases.length > 1 ? 'Preview databases' : 'Preview database', shown.join('; ') + more]];
}

/** What of CDNs was purged. */
export function cdnRows({ cdn }: Report): Row[] {
  if (cdn.length === 0) return [];
  const words = { sent: 'purged', done: 'purged', waiting: 'being purged', failed: 'not purged' };
  return [
    [
      'CDN',
      cdn.map(({ cdn: name, paths, state }) => `${code(name)} ${plural(paths, 'path')} ${words[state]}`).join('; '),
    ],
  ];
}

export function proofRows({ proof }: Report): Row[] {
  const rows: Row[] = [];
  if (proof?.evidence) rows.push(['Proof', `${proofWords[proof.evidence.kind]}: ${code(proof.evidence.seen)}`]);
  if (proof) {
    const foreign = proof.foreignAssets > 0 ? `; ${proof.foreignAssets} of other sites not asked` : '';
    const { assets, assetsFound } = proof;
    const load = assets === 1 && assetsFound === 1 ? 'loads' : 'load';
    const of = assets < assetsFound ? `${formatCount(assets)} of ` : '';
    rows.push(['Files of the page', `${of}${plural(assetsFound, 'file')} ${load}${foreign}`]);
  }
  return rows;
}

const barWidth = 16;

/** For each stage a bar that begins where the one before ends, so that together they are the run. */
function bars(stages: readonly StageReport[]): string[] {
  const total = Math.max(
    1,
    stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  );
  let before = 0;
  return stages.map(({ milliseconds }) => {
    const from = Math.min(barWidth - 1, Math.floor((before / total) * barWidth));
    before += milliseconds;
    const to = Math.min(barWidth, Math.max(from + 1, Math.round((before / total) * barWidth)));
    return `<code>${'·'.repeat(from)}${'█'.repeat(to - from)}${'·'.repeat(barWidth - to)}</code>`;
  });
}

/** The stages in their order, with how long each took and what came out. */
export function stagesTable(stages: readonly StageReport[]): string[] {
  const drawn = bars(stages);
  const rows = stages.map(({ name, milliseconds, failed, result }, at) => [
    `${failed ? '❌' : '✅'}&nbsp;${escapeMarkdown(name)}`,
    formatDuration(milliseconds).replaceAll(' ', '&nbsp;'),
    drawn[at] ?? '',
    escapeMarkdown(result),
  ]);
  return table(['Stage', 'Time', 'Timeline', 'Result'], rows, [':--', '--:', ':--', ':--']);
}

/** Each warning as an item; what follows its first line is kept as it is, because it can be lines to copy. */
export function warningLines(warnings: readonly string[]): string[] {
  return warnings.flatMap((warning) => {
    const [first = '', ...rest] = warning.split('\n');
    const block = rest.length > 0 ? ['', ...fence(rest.join('\n')).map((line) => `  ${line}`)] : [];
    return [`- ${escapeMarkdown(first)}`, ...block];
  });
}

const signs = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const;

/** Each finding as an item, with its place and its id, by which it can be silenced. */
export function findingLines(findings: readonly Finding[]): string[] {
  return findings.map(({ level, id, message, at }) => {
    const place = at ? `${code(placeText(at))} ` : '';
    return `- ${signs[level]} ${place}${escapeMarkdown(message)} (${code(id)})`;
  });
}

const levels = { ok: '✅', open: '➖', warning: '⚠️', error: '❌' } as const;

/** What `command: check` looked at, what it found, and what to do. */
export function checkupsTable(checkups: readonly Checkup[]): string[] {
  const rows = checkups.map(({ name, level, found, todo, code: failure }) => [
    `${levels[level]}&nbsp;${escapeMarkdown(name)}`,
    `${failure ? `**${failure}**: ` : ''}${escapeMarkdown(found)}`,
    todo ? escapeMarkdown(todo) : '',
  ]);
  return table(['Looked at', 'Found', 'What to do'], rows);
}

/** What was uploaded: the largest files, and all of them together. */
export function uploadsTable({ uploaded, bytesUploaded, largest }: SyncReport): string[] {
  const rest = uploaded - largest.length;
  const bytes = bytesUploaded - largest.reduce((sum, file) => sum + file.bytes, 0);
  const rows = largest.map((file) => [code(file.key), formatBytes(file.bytes)]);
  if (rest > 0) rows.push([plural(rest, 'smaller file'), formatBytes(Math.max(0, bytes))]);
  rows.push([`**${plural(uploaded, 'upload')}**`, `**${formatBytes(bytesUploaded)}**`]);
  return table(['Object', 'Size'], rows, [':--', '--:']);
}

/** Room for what closes a text that was cut. */
const cutRoom = 128;

/** Whole lines only, so that a cut never leaves half a row of a table; what is open at the cut is closed. */
export function cutLines(lines: readonly string[], limit: number, sizeOf: (line: string) => number): string {
  let size = 0;
  let fenced = '';
  let details = 0;
  const kept: string[] = [];
  for (const line of lines) {
    size += sizeOf(line) + 1;
    if (size > limit - cutRoom) {
      const closing = [...(fenced ? [fenced] : []), ...Array.from({ length: details }, () => '\n</details>')];
      return `${[...kept, ...closing].join('\n')}\n\n_Cut: the report has the rest._\n`;
    }
    const marks = /^ *```/.exec(line)?.[0];
    if (marks) fenced = fenced ? '' : marks;
    if (line.startsWith('<details')) details += 1;
    if (line === '</details>') details -= 1;
    kept.push(line);
  }
  return `${kept.join('\n')}\n`;
}
