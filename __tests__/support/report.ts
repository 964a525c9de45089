import { emptyReport, type Report } from '../../src/report/report.ts';

const stages: Report['stages'] = [
  { name: 'Build', milliseconds: 34_200, failed: false, result: 'Django 5.2.19, 1,304 files collected' },
  { name: 'Preflight', milliseconds: 400, failed: false, result: '2 warnings' },
  { name: 'Plan', milliseconds: 1_900, failed: false, result: '12 of 1,304 files to upload' },
  { name: 'Upload', milliseconds: 2_800, failed: false, result: '12 uploads (412.3 KiB), 1,292 unchanged' },
  { name: 'Release', milliseconds: 71_000, failed: false, result: 'Render took the request (dep-d1a2b3c4)' },
  { name: 'Proof', milliseconds: 6_100, failed: false, result: 'the page shows 5ad1c8f0d0d1, twice in a row' },
];

const live: Report = {
  ...emptyReport(),
  status: 'live',
  environment: 'preview/pr-7',
  release: '5ad1c8f0d0d1-42.1',
  sha: '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa',
  changes: {
    since: '0c4d2e6f8a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d',
    page: 'https://github.com/harbour/notes/compare/0c4d2e6f8a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d...5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa',
  },
  url: 'https://harbour-pr-7.onrender.com',
  logUrl: 'https://dashboard.render.com/web/srv-d1a2b3c4d5e6f7g8h9i0/deploys/dep-d1a2b3c4',
  artifact: { path: '/tmp/artifact.tar.gz', sha256: '0123456789abcdef'.repeat(4), bytes: 3_400_000, files: 214 },
  sync: {
    uploaded: 12,
    unchanged: 1_292,
    bytesUploaded: 422_195,
    kept: 0,
    deleted: 3,
    largest: [
      { key: 'static/journal/js/site.a1b2c3d4e5f6.js', bytes: 214_000 },
      { key: 'static/journal/css/site.0f1e2d3c4b5a.css', bytes: 96_000 },
      { key: 'static/journal/img/waves.99aabbccddee.svg', bytes: 41_000 },
    ],
  },
  proof: {
    evidence: { kind: 'commit', seen: 'x-release: 5ad1c8f0d0d1' },
    page: 'https://harbour-pr-7.onrender.com/',
    at: '2026-03-01T12:02:00Z',
    answers: 15,
    assets: 14,
    assetsFound: 14,
    foreignAssets: 2,
    unseen: [],
  },
  stages,
  warnings: ['2 files have no hash in their name: favicon.ico, robots.txt'],
  findings: [
    { level: 'warning', id: 'security.W004', message: 'You have not set a value for SECURE_HSTS_SECONDS.' },
    { level: 'warning', id: 'security.W008', message: 'SECURE_SSL_REDIRECT is not set to True.' },
  ],
};

const log = ['==> Running gunicorn config.wsgi', '  File "/opt/render/project/src/config/urls.py", line 4'];

/** Whole reports of each kind of run, with everything in them that a run can say. */
export const sampleReports = {
  live,
  running: { ...live, status: 'failed', proof: undefined, url: undefined, stages: stages.slice(0, 3), sync: undefined },
  failed: {
    ...live,
    status: 'failed',
    url: undefined,
    proof: undefined,
    reason: 'The deploy at Render failed: exit status 1.',
    stages: [
      ...stages.slice(0, 4),
      { name: 'Release', milliseconds: 48_000, failed: true, result: 'The deploy at Render failed: exit status 1.' },
    ],
    warnings: [
      'The deploy is not affected, but its token may not show the deployment. Add to the job, beside what is there:\npermissions:\n  contents: read\n  deployments: write',
    ],
    error: {
      code: 'HOST_FAILED',
      message: [
        'The deploy at Render failed: exit status 1. Its last lines:',
        ...log.map((line) => `  ${line}`),
        "  ModuleNotFoundError: No module named 'harbour.tides'",
      ].join('\n'),
      hint: 'The whole log is at https://dashboard.render.com/web/srv-d1a2b3c4d5e6f7g8h9i0/deploys/dep-d1a2b3c4',
    },
  },
  removed: {
    ...live,
    status: 'removed',
    reason: 'The preview of pull request #7 is gone.',
    artifact: undefined,
    sync: { uploaded: 0, unchanged: 0, bytesUploaded: 0, kept: 0, deleted: 1_304, largest: [] },
    proof: undefined,
    stages: [
      { name: 'Preview', milliseconds: 1_200, failed: false, result: 'Render deleted harbour PR #7 (srv-d5e6f7)' },
      { name: 'Files', milliseconds: 800, failed: false, result: '1,304 files deleted' },
    ],
    warnings: [],
    findings: [],
  },
} as const satisfies Record<string, Report>;

/** What the comment needs to know besides the report. */
export const sampleView = {
  app: '.',
  doing: 'Deploying',
  stage: undefined,
  repositoryUrl: 'https://github.com/octo/site',
  runUrl: 'https://github.com/octo/site/actions/runs/1001',
  startedAt: Date.parse('2026-03-01T12:00:00Z'),
  now: Date.parse('2026-03-01T12:02:04Z'),
} as const;
