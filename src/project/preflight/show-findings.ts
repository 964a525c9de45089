import type { Log } from '../../core/ports.ts';
import { type Finding, findingText } from '../../report/finding.ts';

/** GitHub shows ten annotations of a level for a step; two are left for what else the run has to say. */
const mostAnnotations = 8;
/** One check of an app can say the same of each of its classes, and would leave no annotation to what matters. */
const mostOfCheck = 2;

/** Shows findings where they are to be fixed: as annotations as long as there are any, then in the log. */
export function showFindings(findings: readonly Finding[], log: Log): void {
  const shown = { error: 0, warning: 0, notice: 0 };
  const ofCheck = new Map<string, number>();
  for (const finding of findings) {
    const { level, id, at } = finding;
    const before = ofCheck.get(id) ?? 0;
    ofCheck.set(id, before + 1);
    if (before >= mostOfCheck && !id.startsWith('deploy.')) continue;
    if (shown[level]++ < mostAnnotations) log[level](findingText(finding), at);
    else log.info(`${level}: ${findingText(finding)}`);
  }
  for (const [id, count] of ofCheck) {
    if (count > mostOfCheck && !id.startsWith('deploy.'))
      log.info(`${count - mostOfCheck} more of ${id} stand in the report.`);
  }
}
