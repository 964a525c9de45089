import type { Redactor } from '../lib/secret.ts';
import type { Report } from './report.ts';

/**
 * What becomes an output. Something else is done with an output, and `***` in it would be taken for a value: as the address of a
 * deployment, or the name of an environment.
 */
const outputs = {
  url: 'url',
  environment: 'environment',
  release: 'release',
  hostDeploymentId: 'host-deployment-id',
  logUrl: 'log-url',
  staticUrl: 'static-url',
  mediaUrl: 'media-url',
} as const satisfies { readonly [K in keyof Report]?: string };

/**
 * The report without secrets: it goes to files, summaries and GitHub, where the runner masks nothing. A fact that becomes an output is
 * left out if it holds a secret, and a warning says so.
 */
export function redactReport(report: Report, { whole }: Pick<Redactor, 'whole'>): Report {
  const redacted = JSON.parse(JSON.stringify(report), (_, value) =>
    typeof value === 'string' ? whole(value) : value,
  ) as { -readonly [K in keyof Report]: Report[K] };
  const left: string[] = [];
  for (const [fact, output] of Object.entries(outputs) as [keyof typeof outputs, string][]) {
    if (redacted[fact] === report[fact]) continue;
    redacted[fact] = undefined;
    left.push(output);
  }
  if (redacted.artifact && redacted.artifact.path !== report.artifact?.path) {
    redacted.artifact = { ...redacted.artifact, path: '' };
    left.push('artifact-path');
  }
  if (left.length === 0) return redacted;
  const warning = `Left empty, because a secret stands in it: ${left.join(', ')}. Change the secret, or what the run makes public.`;
  return { ...redacted, warnings: [...redacted.warnings, warning] };
}
