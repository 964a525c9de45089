import { describe, expect, test } from '@jest/globals';
import { emptyReport, type Report, type Status } from '../../../src/report/report.ts';
import { renderSummary } from '../../../src/report/summary.ts';

const render = (report: Partial<Report>) => renderSummary({ ...emptyReport(), ...report });

/** What must not act as mark-up, wherever it comes from. */
const nasty = 'a|b `c` <img src=x onerror=alert(1)> @org/team [x](http://e.com) **d** _e_\n\n# heading\r\n| row |';

/** How many cells each row of each table has; a cell ends at a bar that nothing escapes. */
const widths = (markdown: string) =>
  markdown
    .split(/\n(?!\|)/)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
    .filter((table) => table.length > 0)
    .map((table) => table.map((line) => line.split(/(?<!\\)(?:\\\\)*\|/).length - 2));

describe('every end of a run has its own title', () => {
  test.each<[Status, string]>([
    ['live', '✅ Live'],
    ['triggered', 'not proven'],
    ['planned', 'Planned'],
    ['built', 'Built'],
    ['skipped', 'Not deployed'],
    ['superseded', 'Superseded'],
    ['removed', 'Removed'],
    ['rolled-back', 'Rolled back'],
    ['failed', '❌ Failed'],
  ])('%s', (status, title) => {
    const [first = ''] = render({ status, environment: 'production' }).split('\n');
    expect(first).toMatch(/^### /);
    expect(first).toContain(title);
    expect(first).toContain('production');
    expect(first).not.toContain('undefined');
  });
});

describe('each finding stands in the summary once', () => {
  const findings = Array.from({ length: 12 }, (_, at) => ({
    level: at === 0 ? 'error' : at === 11 ? 'notice' : 'warning',
    id: `deploy.of-${at}.`,
    message: 'Fix it.',
  })) as Report['findings'];
  const error = { code: 'CHECKS_FAILED', message: 'The preflight found 1 reason.', hint: undefined } as const;
  const checkups = [{ name: 'Preflight', level: 'error', found: 'One reason', todo: undefined }] as const;

  test.each<[string, Partial<Report>]>([
    ['where they stop the deploy', { status: 'failed', error }],
    ['where something else fails', { status: 'failed', error: { ...error, code: 'NOT_PROVEN' } }],
    ['in a check', { status: 'failed', error, checkups }],
    ['where nothing fails', { status: 'live' }],
  ])('%s', (_where, report) => {
    const summary = render({ ...report, findings });
    for (const { id } of findings) expect(summary.split(id)).toHaveLength(2);
  });
});

test('what makes the next deploy provable is there to copy, folded', () => {
  const summary = render({ status: 'triggered', advice: 'Write:\n\n    RELEASE = "<sha>"' });
  expect(summary).toContain(
    '<summary>How to prove the next deploy</summary>\n\n```text\nWrite:\n\n    RELEASE = "<sha>"\n```',
  );
  expect(render({ status: 'live' })).not.toContain('How to prove');
});

test('who can read media is told where it is public, and where nobody knows', () => {
  expect(render({ access: { media: 'public' } })).toContain('| Access | Media: anybody can read them |');
  expect(render({ access: { media: 'unknown' } })).toContain('Media: not known');
  expect(render({ access: {} })).not.toContain('Access');
});

describe('the database of a preview', () => {
  const name = 'preview_1296269_root_0a1b2c3d_pr_7';
  test.each([
    [{ state: 'created', seeded: true }, 'created and seeded'],
    [{ state: 'created', seeded: false }, 'created'],
    [{ state: 'kept', seeded: false }, 'kept'],
    [{ state: 'kept', seeded: true }, 'kept and seeded'],
    [{ state: 'dropped', seeded: false }, 'dropped'],
    [{ state: 'gone', seeded: false }, 'was gone already'],
    [{ state: 'left', seeded: false }, 'left alone, because it is not of this preview'],
  ] as const)('%j', (what, words) => {
    expect(render({ databases: [{ name, ...what }] })).toContain(
      `| Preview database | <code>${name.replaceAll('_', '\\_')}</code> ${words} |`,
    );
  });

  test('is one of several after a sweep, and none elsewhere', () => {
    const databases = Array.from(
      { length: 12 },
      (_, at) => ({ name: `p${at}`, state: 'dropped', seeded: false }) as const,
    );
    const row = render({ databases })
      .split('\n')
      .find((line) => line.startsWith('| Preview databases |'));
    expect(row).toMatch(/^\| Preview databases \| <code>p0<\/code> dropped; .*<code>p9<\/code> dropped … \|$/);
    expect(render({})).not.toContain('Preview database');
  });
});

test('a live run shows where it is, by which proof, and what was stored', () => {
  const markdown = render({
    status: 'live',
    environment: 'production',
    release: '5ad1c8f0d0d1-42.1',
    url: 'https://example.com',
    logUrl: 'https://dashboard.render.com/web/srv-1/deploys/dep-1',
    artifact: { path: '/t/a.tar.gz', sha256: '0123456789abcdef0123', bytes: 2_048, files: 12 },
    sync: {
      uploaded: 1,
      unchanged: 1_300,
      bytesUploaded: 1_536,
      kept: 2,
      deleted: 3,
      largest: [{ key: 'a.js', bytes: 1_536 }],
    },
    proof: {
      evidence: { kind: 'commit', seen: 'x-release: 5ad1c8f' },
      page: 'https://example.com/',
      at: '2026-03-01T12:00:00Z',
      answers: 15,
      assets: 1,
      assetsFound: 1,
      foreignAssets: 3,
      unseen: [],
    },
    stages: [{ name: 'Build', milliseconds: 12_000, failed: false, result: 'Django 5.2' }],
  });
  for (const part of [
    '| URL | [example.com](<https://example.com>) |',
    'it shows the commit: <code>x-release: 5ad1c8f</code>',
    '1 file loads; 3 of other sites not asked',
    '1 upload (1.5 KiB), 1,300 unchanged, 2 newer media files left alone, 3 old files deleted',
    '12 files, 2.0 KiB, sha256 <code>0123456789abcdef</code>',
    "| Host's log | [Open](<https://dashboard.render.com/web/srv-1/deploys/dep-1>) |",
    '| ✅&nbsp;Build | 12&nbsp;s | <code>████████████████</code> | Django 5.2 |',
    '| <code>a.js</code> | 1.5 KiB |',
    '| **1 upload** | **1.5 KiB** |',
  ]) {
    expect(markdown).toContain(part);
  }
});

test('a failed run shows code, whole message, hint, and the stage that failed', () => {
  const markdown = render({
    error: { code: 'COLLECT_FAILED', message: 'collectstatic failed:\n  line 2', hint: 'Fix the file.' },
    stages: [{ name: 'Build', milliseconds: 300, failed: true, result: 'collectstatic failed:' }],
  });
  expect(markdown).toContain('**COLLECT\\_FAILED** in Build');
  expect(markdown).toContain('```text\ncollectstatic failed:\n  line 2\n```');
  expect(markdown).toContain('Fix the file.');
  expect(markdown).toContain('| ❌&nbsp;Build | 0.3&nbsp;s |');
});

test('a reason is shown where there is no error', () => {
  expect(render({ status: 'skipped', reason: 'It comes from a fork.' })).toContain('It comes from a fork.');
});

describe('what strangers wrote is text, and no mark-up,', () => {
  const places: [string, Partial<Report>][] = [
    ['in the environment', { environment: nasty }],
    ['in a reason', { status: 'skipped', reason: nasty }],
    ['in a hint', { error: { code: 'INTERNAL', message: 'x', hint: nasty } }],
    ['in a stage', { stages: [{ name: 'Build', milliseconds: 1, failed: false, result: nasty }] }],
    ['in a warning', { warnings: [nasty] }],
    ['in a finding', { findings: [{ level: 'error', id: nasty, message: nasty }] }],
    [
      'in the name of an object',
      {
        sync: { uploaded: 1, unchanged: 0, bytesUploaded: 1, kept: 0, deleted: 0, largest: [{ key: nasty, bytes: 1 }] },
      },
    ],
    [
      'in a proof',
      {
        proof: {
          evidence: { kind: 'asset', seen: nasty },
          page: '',
          at: '',
          answers: 15,
          assets: 2,
          assetsFound: 2,
          foreignAssets: 0,
          unseen: [],
        },
      },
    ],
  ];

  test.each(places)('%s', (_, report) => {
    const markdown = render(report);
    expect(markdown).not.toMatch(/<img|@org|^# heading|^\| row/m);
    expect(markdown).not.toMatch(/(?<!\\)`c|(?<!\\)\[x|(?<!\\)\*\*d|(?<!\\)_e/);
    expect(markdown).toContain('a\\|b');
    for (const [head, ...rows] of widths(markdown)) expect(new Set(rows)).toEqual(new Set([head]));
  });

  test('in an error, which cannot end the block that it stands in', () => {
    const message = 'before\n```\n<img src=x>\n````\n@org/team';
    const markdown = render({ error: { code: 'INTERNAL', message, hint: undefined } });
    expect(markdown.match(/^\s*```/gm)).toHaveLength(2);
    expect(markdown.indexOf('@org/team')).toBeLessThan(markdown.lastIndexOf('```'));
  });
});

test('the stages draw one line of time, of which every stage has a part', () => {
  const stage = (name: string, milliseconds: number) => ({ name, milliseconds, failed: false, result: '' });
  const markdown = render({
    stages: [stage('Build', 8_000), stage('Plan', 10), stage('Upload', 0), stage('Proof', 8_000)],
  });
  expect([...markdown.matchAll(/<code>([█·]+)<\/code>/g)].map((match) => match[1])).toEqual([
    '████████········',
    '·······█········',
    '········█·······',
    '········████████',
  ]);
});

test('a run whose stages took no time at all has a line too', () => {
  const stages = [{ name: 'Build', milliseconds: 0, failed: false, result: '' }];
  expect(render({ stages })).toContain('<code>█···············</code>');
});

test('uploads that are not among the largest are counted together', () => {
  const largest = [{ key: 'a.js', bytes: 2_048 }];
  const sync = { uploaded: 4, unchanged: 0, bytesUploaded: 3_072, kept: 0, deleted: 0, largest };
  expect(render({ sync })).toContain('| 3 smaller files | 1.0 KiB |\n| **4 uploads** | **3.0 KiB** |');
});

describe('the size', () => {
  const warnings = Array.from({ length: 20_000 }, (_, at) => `Warning ${at} about „${'ü'.repeat(20)}“ and its ending`);

  test('stays below what GitHub takes, and the cut is at the end of a line', () => {
    const markdown = render({ warnings });
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(512 * 1024 + 100);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(500 * 1024);
    const lines = markdown.split('\n').filter((line) => line.startsWith('- '));
    for (const line of lines) expect(line).toMatch(/and its ending$/);
    expect(markdown).toMatch(/\n\n_Cut: the report has the rest._\n$/);
  });

  test('is not cut where all of it fits', () => {
    const markdown = render({ warnings: warnings.slice(0, 100) });
    expect(markdown).not.toContain('Cut:');
    expect(markdown).toContain('Warning 99 ');
    expect(markdown.endsWith('\n')).toBe(true);
  });
});

test('the same report gives the same text', () => {
  const report: Partial<Report> = { warnings: ['b', 'a'], url: 'https://example.com', status: 'live' };
  expect(render(report)).toBe(render(report));
});

test('the summary of a check has what came out first, then what to fix, and the workflow folded below', () => {
  const summary = render({
    error: { code: 'CHECKS_FAILED', message: 'One reason', hint: undefined },
    checkups: [{ name: 'Preflight', level: 'error', found: 'One reason', todo: undefined }],
    findings: [{ level: 'error', id: 'deploy.link', message: 'A link.' }],
    workflow: 'name: Deploy',
  });
  const order = [
    '### ❌',
    '| Looked at |',
    '<details open>',
    'A link.',
    '<details><summary>The workflow',
    'name: Deploy',
  ];
  const places = order.map((text) => summary.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
});
