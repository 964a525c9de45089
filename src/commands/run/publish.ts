import { writeFile } from 'node:fs/promises';
import { toDeployError } from '../../core/errors.ts';
import { outputsOf } from '../../report/outputs.ts';
import { redactReport } from '../../report/redact-report.ts';
import type { Report } from '../../report/report.ts';
import { renderSummary } from '../../report/summary.ts';
import { troubleshooting } from '../../report/troubleshooting.ts';
import type { Ports } from './ports.ts';

/** Does some work; returns what went wrong. */
async function failureOf(work: () => void | Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return toDeployError(error).message;
  }
}

/**
 * Says everywhere what came out: report, outputs, summary, and the last line of the log. Each is written also if another
 * cannot be; a run whose outputs are missing has failed, because the steps after it go by them.
 * @param path File for the report; undefined if the run has no folder.
 * @param isTold An annotation has said already why the run ends so, and the log has no line twice.
 */
export async function publish(found: Report, path: string | undefined, ports: Ports, isTold: boolean): Promise<Report> {
  // Files and summaries are not masked by the runner, so no secret may get into them.
  const report = redactReport(found, ports.redactor);
  for (const warning of report.warnings.slice(found.warnings.length)) ports.log.warning(warning);
  const text = `${JSON.stringify(report, null, 2)}\n`;
  const noReport = path === undefined ? 'the run has no folder' : await failureOf(() => writeFile(path, text));
  if (noReport) ports.log.warning(`The report is not written: ${noReport}`);
  const outputs = Object.entries(outputsOf(report, noReport ? '' : (path ?? '')));
  const noOutputs = await failureOf(() => {
    for (const [name, value] of outputs) ports.setOutput(name, value);
  });
  const noSummary = await failureOf(() => ports.writeSummary(renderSummary(report)));
  if (noSummary) ports.log.warning(`The summary is not written: ${noSummary}`);
  ports.log.info(lastLine(report, isTold));
  if (!noOutputs) return report;
  const message = `The outputs of the step are not written: ${noOutputs}`;
  const page = troubleshooting('DISK_FULL', ports.env);
  ports.log.error(`${message}\nDISK_FULL: ${page}`);
  return { ...report, error: report.error ?? { code: 'DISK_FULL', message, hint: undefined, page } };
}

/** What came out. What an annotation has said is named by its code only. */
function lastLine({ status, url, reason, error }: Report, isTold: boolean): string {
  if (status === 'live') return `Live: ${url ?? reason ?? 'the URL is not shown'}`;
  // Why it is not proven is a warning.
  if (status === 'triggered') return `Triggered, not proven${url ? `: ${url}` : ''}`;
  const told = error?.code ?? 'see above';
  return `${status[0]?.toUpperCase()}${status.slice(1).replace('-', ' ')}: ${isTold ? told : reason}`;
}
