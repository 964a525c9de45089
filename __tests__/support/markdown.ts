import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Marked } from 'marked';
import { renderComment } from '../../src/report/comment-text.ts';
import type { Report } from '../../src/report/report.ts';
import { renderSummary } from '../../src/report/summary.ts';
import { sampleReports, sampleView } from './report.ts';

/** Comments and summaries as GitHub shows them, in a page of their own. */
const resolve = createRequire(import.meta.url).resolve;

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What GitHub's page has around Markdown that somebody wrote. */
const frames: Readonly<Record<Theme, string>> = {
  light: '--page: #ffffff; --head: #f6f8fa; --line: #d1d9e0; --text: #1f2328; --quiet: #59636e;',
  dark: '--page: #0d1117; --head: #151b23; --line: #3d444d; --text: #f0f6fc; --quiet: #9198a1;',
};

const frameStyle = `
body { margin: 24px; background: var(--page); font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif, "Noto Color Emoji"; }
section { max-width: 800px; border: 1px solid var(--line); border-radius: 6px; }
header { padding: 8px 16px; color: var(--quiet); background: var(--head); border-bottom: 1px solid var(--line); border-radius: 6px 6px 0 0; }
header b { color: var(--text); }
.markdown-body { padding: 16px; font-size: 14px; }
`;

/** Markdown as a page. In comments GitHub keeps line breaks, in summaries it does not. */
export async function pageOf(markdown: string, theme: Theme, breaks: boolean): Promise<string> {
  const html = await new Marked({ gfm: true, breaks }).parse(markdown);
  const style = await readFile(resolve(`github-markdown-css/github-markdown-${theme}.css`), 'utf8');
  const title = breaks ? '<b>github-actions</b> bot commented' : '<b>deploy</b> summary';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${theme}</title>
<style>body { ${frames[theme]} } ${style} ${frameStyle}</style>
<section><header>${title}</header><article class="markdown-body">${html}</article></section></html>`;
}

const { live, running, failed, removed } = sampleReports;
const ended = { url: undefined, proof: undefined, sync: undefined, findings: [], warnings: [] };
const reports: Readonly<Record<string, Report>> = {
  live,
  failed,
  removed,
  superseded: {
    ...live,
    ...ended,
    status: 'superseded',
    reason: 'A newer deploy took the place of this one (9c8b7a6d5e4f-43.1).',
  },
  skipped: {
    ...live,
    ...ended,
    status: 'skipped',
    stages: live.stages.slice(0, 2),
    reason: 'This change comes from a fork, so GitHub gives the run no secrets: it is built and checked, not deployed.',
  },
  triggered: {
    ...live,
    status: 'triggered',
    reason:
      'Not proven: https://harbour-pr-7.onrender.com answers, and nothing tells this release from the one before.',
    proof: undefined,
  },
  'rolled-back': {
    ...failed,
    status: 'rolled-back',
    environment: 'production',
    error: {
      code: 'ASSETS_BROKEN',
      message:
        'The page is live, and 1 of the 14 files that it links does not load:\n  https://cdn.example.com/static/journal/css/site.0f1e2d3c4b5a.css: HTTP 403\nBack at commit 1f2e3d4c5b6a: https://www.example.com.',
      hint: 'HTTP 403: let everyone read the bucket, for example with acl: public-read.',
    },
    warnings: [],
  },
};

export interface Sample {
  readonly name: string;
  readonly markdown: string;
  readonly comment: boolean;
}

/** One comment and one summary of every kind of run. */
export const samples: readonly Sample[] = [
  {
    name: 'comment-in-progress',
    markdown: renderComment({ ...sampleView, report: running, stage: 'Upload' }, 0),
    comment: true,
  },
  ...Object.entries(reports).flatMap(([name, report]) => [
    { name: `comment-${name}`, markdown: renderComment({ ...sampleView, report }, 0), comment: true },
    { name: `summary-${name}`, markdown: renderSummary(report), comment: false },
  ]),
];
