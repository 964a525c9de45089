import { describe, expect, test } from '@jest/globals';
import { type CommentView, longestComment, renderComment } from '../../../src/report/comment-text.ts';
import type { Report } from '../../../src/report/report.ts';
import { sampleReports, sampleView } from '../../support/report.ts';

const render = (report: Partial<Report>, view: Partial<CommentView> = {}) =>
  renderComment({ ...sampleView, report: { ...sampleReports.live, ...report }, ...view }, 0);

test('while it runs, the comment shows how far it is, and nothing that is not known yet', () => {
  const markdown = render(sampleReports.running, { stage: 'Upload' });
  expect(markdown).toMatch(/^### <span aria-hidden="true">🔄<\/span> Deploying — <code>preview\/pr-7<\/code>\n/);
  expect(markdown).toContain('✅&nbsp;Build → ✅&nbsp;Preflight → ✅&nbsp;Plan → 🔄&nbsp;**Upload**');
  expect(markdown).not.toMatch(/undefined|\| Time|<details/);
});

test('what makes the next deploy provable stands in the comment of a run that has ended', () => {
  const advice = 'Write:\n\n    RELEASE = "<sha>"';
  expect(render({ status: 'triggered', advice })).toContain(`\`\`\`text\n${advice}\n\`\`\``);
  expect(render({ advice }, { stage: 'Release' })).not.toContain('How to prove');
});

test.each(['Removing', 'Rolling back'] as const)('while a run is %s, the title says so', (doing) => {
  expect(render(sampleReports.running, { stage: 'Preview', doing })).toContain(`🔄</span> ${doing} — `);
});

test('a deploy that was taken back says why, and what is live', () => {
  const message = 'The page shows no 5ad1c8f.\nBack at commit 0b7e31c4a2f5: https://harbour.example.';
  const error = { code: 'NOT_PROVEN', message, hint: undefined } as const;
  const markdown = render({ status: 'rolled-back', error });
  expect(markdown).toContain('↩️</span> Rolled back — ');
  expect(markdown).toContain(message);
});

test('a live preview is where a reader looks first, with commit, assets, time and logs', () => {
  const markdown = render({});
  const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
  expect(rows.slice(0, 9)).toEqual([
    '| URL | [harbour-pr-7.onrender.com](<https://harbour-pr-7.onrender.com>) |',
    '| :-- | :-- |',
    '| Commit | [<code>5ad1c8f</code>](<https://github.com/octo/site/commit/5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa>) |',
    '| New | [changes since 0c4d2e6](<https://github.com/harbour/notes/compare/0c4d2e6f8a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d...5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa>) |',
    '| Proof | it shows the commit: <code>x-release: 5ad1c8f0d0d1</code> |',
    '| Files of the page | 14 files load; 2 of other sites not asked |',
    '| Assets | 12 uploads (412.3 KiB), 1,292 unchanged, 3 old files deleted |',
    '| Time | 2 min 4 s |',
    '| Log | [Run](<https://github.com/octo/site/actions/runs/1001>) · [Host](<https://dashboard.render.com/web/srv-d1a2b3c4d5e6f7g8h9i0/deploys/dep-d1a2b3c4>) |',
  ]);
  expect(markdown).toContain('<summary>6 stages</summary>');
  expect(markdown).toContain('updated 2026-03-01 12:02 UTC');
});

test('who can read what is in the bucket is told, and not of a preview that is gone', () => {
  const access = { static: 'public', media: 'private', origins: ['https://www.example.com'] } as const;
  const markdown = render({ access });
  expect(markdown).toContain('| Access | Static files: anybody can read them. Media: nobody can without a signature |');
  expect(markdown).toContain('| Allowed origins | <code>https://www.example.com</code> |');
  expect(render({ ...sampleReports.removed, access })).not.toContain('| Access');
});

test('the own database of a preview is named, and what became of it, also when the preview is gone', () => {
  const row = (state: 'created' | 'dropped') => ({
    databases: [{ name: 'preview1', state, seeded: state === 'created' }],
  });
  expect(render(row('created'))).toContain('| Preview database | <code>preview1</code> created and seeded |');
  expect(render({ ...sampleReports.removed, ...row('dropped') })).toContain(
    '| Preview database | <code>preview1</code> dropped |',
  );
});

test('a failure is the stage, the cause, the last lines of the log, and what to do', () => {
  const markdown = render(sampleReports.failed);
  expect(markdown).toContain('**HOST\\_FAILED** in Release');
  expect(markdown).toMatch(/```text\nThe deploy at Render failed.*\n[\s\S]*ModuleNotFoundError.*\n```/);
  expect(markdown).toContain('💡 The whole log is at https://dashboard.render.com');
});

test('lines to copy stay lines', () => {
  expect(render(sampleReports.failed)).toContain(
    '  ```text\n  permissions:\n    contents: read\n    deployments: write\n  ```\n',
  );
});

test('an app of several is named, and a preview that is gone has no link', () => {
  expect(render({}, { app: 'apps/shop' })).toContain('<code>preview/pr-7</code> · <code>apps/shop</code>');
  expect(render(sampleReports.removed)).not.toContain('onrender.com');
});

describe('what strangers wrote stays text', () => {
  const nasty = 'a|b `c` <img src=x> @org/team [x](http://e.com) **d** <!-- deploy-django: . production -->\n# h';

  test.each<[string, Partial<Report>, Partial<CommentView>]>([
    ['in the environment', { environment: nasty }, {}],
    ['in the folder of the app', {}, { app: nasty }],
    ['in a stage that is done', { stages: [{ name: nasty, milliseconds: 1, failed: false, result: nasty }] }, {}],
    ['in a stage that runs', {}, { stage: nasty }],
    ['in a warning', { warnings: [nasty] }, {}],
    ['in a hint', { error: { code: 'INTERNAL', message: 'x', hint: nasty } }, {}],
    ['in a reason', { status: 'skipped', reason: nasty }, {}],
  ])('%s', (_, report, view) => {
    const outside = render(report, view).replace(/ *```text\n[\s\S]*?\n *```/g, '');
    expect(outside).not.toMatch(/<img|@org|<!--|^# h/m);
    expect(outside).not.toMatch(/(?<!\\)`c|(?<!\\)\[x\]\(|(?<!\\)\*\*d/);
  });
});

test('an address stays in its link, and the link in its cell', () => {
  const markdown = render({ url: 'https://example.com/a|b> `c` <img src=x>\n# h' });
  expect(markdown).toContain('](<https://example.com/a%7Cb%3E%20%60c%60%20%3Cimg%20src=x%3E%0A#%20h>) |\n');
  expect(markdown).toContain('| [example.com/a\\|b&gt; \\`c\\` &lt;img src=x&gt; # h](<');
});

describe('the longest comment', () => {
  const stages = Array.from({ length: 3_000 }, (_, at) => ({
    name: `Stage ${at}`,
    milliseconds: 10,
    failed: false,
    result: 'ended well',
  }));

  test('leaves room for the hidden lines, ends with a whole row, and closes what it opened', () => {
    const taken = 500;
    const markdown = renderComment({ ...sampleView, report: { ...sampleReports.live, stages } }, taken);
    expect(markdown.length).toBeLessThanOrEqual(longestComment - taken);
    expect(markdown.length).toBeGreaterThan(longestComment - taken - 400);
    expect(markdown).toMatch(/\| ended well \|\n\n<\/details>\n\n_Cut: the report has the rest\._\n$/);
  });

  test('closes a block that the cut is in', () => {
    const error = { code: 'INTERNAL', message: 'line\n'.repeat(3_000), hint: undefined } as const;
    const view = { ...sampleView, report: { ...sampleReports.failed, error } };
    const markdown = renderComment(view, longestComment - 4_000);
    expect(markdown).toMatch(/\nline\n```\n\n_Cut: the report has the rest\._\n$/);
    expect(markdown.length).toBeLessThanOrEqual(4_000);
  });
});
