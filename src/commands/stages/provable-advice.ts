import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';

/**
 * The few lines of Django that make the next deploy provable whatever it changes.
 * @param projectPackage The package of the settings, for example `shop`.
 * @param variable The variable in which the host keeps the commit; undefined where it has none of its own.
 */
export function linesToProve(projectPackage: string, variable: string | undefined): string {
  const note = variable === undefined ? '  # set it at the host to the commit, in each deploy' : '';
  return [
    'To prove the next deploy by its commit, let the app say which one it runs:',
    '',
    `    # ${projectPackage}/release.py`,
    '    import os',
    '',
    '    def show_release(get_response):',
    '        def middleware(request):',
    '            response = get_response(request)',
    `            response["X-Release"] = os.environ.get("${variable ?? 'RELEASE'}", "")${note}`,
    '            return response',
    '        return middleware',
    '',
    `and add "${projectPackage}.release.show_release" to MIDDLEWARE.`,
  ].join('\n');
}

/** The same, of what is known of the project and its host. */
export function provableAdvice({ ports, inputs, context }: Run, { outcome }: BuildStage): string {
  const [projectPackage = 'project'] = (outcome.project?.settings_module ?? '').split('.').filter(Boolean);
  const facts = { sha: context.sha, branch: context.branch, isPullRequest: false, url: undefined };
  const variables = ports.hosts[inputs.host]?.variables?.(facts) ?? {};
  const variable = Object.entries(variables).find(([, value]) => value === context.sha)?.[0];
  return linesToProve(projectPackage, variable);
}
