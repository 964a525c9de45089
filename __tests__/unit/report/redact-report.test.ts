import { expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/lib/secret.ts';
import { outputsOf } from '../../../src/report/outputs.ts';
import { redactReport } from '../../../src/report/redact-report.ts';
import { sampleReports } from '../../support/report.ts';

test('no secret is in what is said, wherever it stands in the report', () => {
  const redactor = createRedactor();
  redactor.add('hunter2-hunter2');
  const report = { ...sampleReports.failed, reason: 'with hunter2-hunter2', warnings: ['see hunter2-hunter2'] };
  expect(JSON.stringify(redactReport(report, redactor))).not.toContain('hunter2');
  expect(redactReport(sampleReports.live, redactor)).toEqual(JSON.parse(JSON.stringify(sampleReports.live)));
});

test('an output is never written masked: it is empty, and a warning says so', () => {
  const redactor = createRedactor();
  redactor.add('my-shop-app');
  const url = 'https://example.com/my-shop-app';
  const report = redactReport(
    { ...sampleReports.live, url, environment: 'my-shop-app', logUrl: `${url}/log` },
    redactor,
  );
  expect(outputsOf(report, '/report.json')).toMatchObject({ url: '', environment: '', 'log-url': '' });
  expect(JSON.stringify(outputsOf(report, ''))).not.toContain('*');
  expect(report.warnings.at(-1)).toMatch(/^Left empty, because a secret stands in it: url, environment, log-url\./);
});
