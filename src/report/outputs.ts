import type { Report } from './report.ts';

/**
 * The outputs of the step by name. All are set on every run, on failure too; what there is nothing to say about is ''.
 * @param reportPath Path of the report as JSON.
 */
export function outputsOf(report: Report, reportPath: string): Record<string, string> {
  const { sync, artifact } = report;
  return {
    url: report.url ?? '',
    status: report.status,
    environment: report.environment ?? '',
    release: report.release ?? '',
    'deployment-id': String(report.deploymentId ?? ''),
    'host-deployment-id': report.hostDeploymentId ?? '',
    'log-url': report.logUrl ?? '',
    'static-url': report.staticUrl ?? '',
    'media-url': report.mediaUrl ?? '',
    uploaded: String(sync?.uploaded ?? 0),
    unchanged: String(sync?.unchanged ?? 0),
    'bytes-uploaded': String(sync?.bytesUploaded ?? 0),
    deleted: String(sync?.deleted ?? 0),
    'artifact-path': artifact?.path ?? '',
    'artifact-sha256': artifact?.sha256 ?? '',
    report: reportPath,
  };
}
