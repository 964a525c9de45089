import type { Finding } from '../../report/finding.ts';
import type { Outcome } from '../django/outcome.ts';
import { describePipeline } from '../django/pipeline-faults.ts';
import { type PreflightOptions, place, placeOf } from './finding-places.ts';

/** Packages of django-pipeline that stay empty without a word. */
export function fromPipeline({ pipeline, project }: Outcome, options: PreflightOptions): Finding[] {
  return (pipeline ?? []).map((fault) => ({
    level: fault.kind === 'text' ? 'error' : 'warning',
    id: 'deploy.pipeline',
    message: describePipeline(fault),
    ...(fault.file || !project ? place(options, fault.file, fault.line) : placeOf(options, project, 'PIPELINE')),
  }));
}
