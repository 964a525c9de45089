import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { outputsOf } from '../../../src/report/outputs.ts';
import { emptyReport, type Report } from '../../../src/report/report.ts';

const full: Report = {
  ...emptyReport(),
  status: 'live',
  environment: 'production',
  release: '5ad1c8f0d0d1-42.1',
  url: 'https://example.com',
  staticUrl: 'https://cdn.example.com/static/',
  mediaUrl: 'https://cdn.example.com/media/',
  deploymentId: 4_210,
  hostDeploymentId: 'dep-1',
  logUrl: 'https://dashboard.example.com/dep-1',
  artifact: { path: '/tmp/artifact.tar.gz', sha256: 'ab'.repeat(32), bytes: 10, files: 2 },
  sync: { uploaded: 3, unchanged: 1_200, bytesUploaded: 4_096, kept: 0, deleted: 17, largest: [] },
};

test('all that a run knows comes out, numbers without separators', () => {
  expect(outputsOf(full, '/tmp/report.json')).toEqual({
    url: 'https://example.com',
    status: 'live',
    environment: 'production',
    release: '5ad1c8f0d0d1-42.1',
    'deployment-id': '4210',
    'host-deployment-id': 'dep-1',
    'log-url': 'https://dashboard.example.com/dep-1',
    'static-url': 'https://cdn.example.com/static/',
    'media-url': 'https://cdn.example.com/media/',
    uploaded: '3',
    unchanged: '1200',
    'bytes-uploaded': '4096',
    deleted: '17',
    'artifact-path': '/tmp/artifact.tar.gz',
    'artifact-sha256': 'ab'.repeat(32),
    report: '/tmp/report.json',
  });
});

test('a run that failed at once sets every output too, so that no later step reads an older value', () => {
  const outputs = outputsOf(emptyReport(), '/tmp/report.json');
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(outputsOf(full, '')).sort());
  const nothing = { url: '', uploaded: '0', deleted: '0', 'deployment-id': '', 'artifact-path': '' };
  expect(outputs).toMatchObject({ status: 'failed', ...nothing });
});

test('the outputs are those that action.yml promises', () => {
  const action = parse(readFileSync(new URL('../../../action.yml', import.meta.url), 'utf8')) as { outputs: object };
  expect(Object.keys(outputsOf(full, '')).sort()).toEqual(Object.keys(action.outputs).sort());
});
