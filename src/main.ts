import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildEnvironment, credentialsIn } from './build/environment.ts';
import { check } from './check.ts';
import { readContext } from './context.ts';
import { deploy } from './deploy.ts';
import { toDeployError } from './errors.ts';
import { invalidInputs, parseInputs, secretsOf } from './inputs.ts';
import { createJournal } from './journal.ts';
import { secretForms } from './lib/secret.ts';
import { planRun } from './plan.ts';
import { outputsOf } from './report/outputs.ts';
import type { Report } from './report/report.ts';
import { renderSummary } from './report/summary.ts';
import type { Ports } from './run.ts';
import { makeScratch } from './scratch.ts';
import { syncFolders } from './sync-folders.ts';

/** The whole run, from inputs to report. It never throws: what goes wrong is in the report. */
export async function main(ports: Ports): Promise<Report> {
  const journal = createJournal(ports.log, ports.clock);
  const scratch = await makeScratch(ports.env);
  ports.saveScratch(scratch);
  try {
    const context = readContext(ports.env, ports.payload);
    const withoutSecrets = context.pullRequest !== undefined || context.dependabot;
    const { inputs, mistakes } = parseInputs(ports, ports.hosts, withoutSecrets);
    const secrets = [...secretsOf(inputs, ports.hosts), ...credentialsIn(buildEnvironment(ports.env, {}))];
    for (const form of secrets.flatMap(secretForms)) ports.hide(form);
    if (mistakes.length > 0 && inputs.command !== 'check') throw invalidInputs(mistakes);
    const plan = planRun(inputs, context);
    journal.note({ environment: plan.environment, release: plan.release, sha: context.sha });
    const run = { ports, journal, context, inputs, plan, scratch };
    if (plan.kind === 'sync') await syncFolders(run);
    else if (plan.kind === 'check') await check(run, mistakes);
    else await deploy(run);
  } catch (thrown) {
    const error = toDeployError(ports.signal.aborted ? ports.signal.reason : thrown);
    journal.end('failed', error.message.split('\n', 1)[0]);
    journal.note({ error: { code: error.code, message: error.message, hint: error.hint } });
    ports.log.error(error.hint ? `${error.message}\n${error.hint}` : error.message, error.at);
  }
  return publish(journal.report(), join(scratch, 'report.json'), ports);
}

/** Says everywhere what came out: report, outputs, summary, and the last line of the log. */
async function publish(found: Report, path: string, ports: Ports): Promise<Report> {
  // Files and summaries are not masked by the runner, so no secret may get into them.
  const report = JSON.parse(JSON.stringify(found), (_, value) =>
    typeof value === 'string' ? ports.redactor.whole(value) : value,
  ) as Report;
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
  for (const [name, value] of Object.entries(outputsOf(report, path))) ports.setOutput(name, value);
  ports.writeSummary(renderSummary(report));
  ports.log.info(lastLine(report));
  return report;
}

function lastLine({ status, url, reason }: Report): string {
  const said = { live: `Live: ${url}`, triggered: `Triggered, not proven: ${url ?? reason}` }[status as string];
  return said ?? `${status[0]?.toUpperCase()}${status.slice(1)}: ${reason}`;
}
