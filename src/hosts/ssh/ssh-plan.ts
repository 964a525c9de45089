import { basename } from 'node:path';
import { DeployError } from '../../core/errors.ts';
import type { HostInputs, ReleaseRequest } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { assignments, withReferences } from './ssh-quote.ts';

/** Where and how jobs of one app, or of one preview, run on the server. */
export interface Site {
  readonly mode: 'release' | 'command';
  /** Folder on the server. */
  readonly root: string;
  /** Of a preview. */
  readonly pullRequest: number | undefined;
  readonly port: number | undefined;
  /** File that says what is live, below `.deploy-django`; empty where the link `current` says it. */
  readonly live: string;
}

/** Production, or the preview of that number. */
export function siteOf({ options }: HostInputs, pullRequest?: number): Site {
  const mode = option(options, 'command') === undefined ? 'release' : 'command';
  const isPreview = pullRequest !== undefined;
  const previewPath = option(options, 'preview-path')?.replaceAll('{pr}', String(pullRequest));
  const own = isPreview && mode === 'release' ? previewPath : option(options, 'path');
  const base = option(options, 'preview-port');
  return {
    mode,
    root: own ?? '.',
    pullRequest,
    port: isPreview && base !== undefined ? portOf(Number(base), pullRequest) : undefined,
    live: mode === 'release' ? '' : isPreview ? `live-pr-${pullRequest}` : 'live',
  };
}

function portOf(base: number, pullRequest: number): number {
  const port = base + pullRequest;
  if (port <= 65_535) return port;
  throw new DeployError(
    'INVALID_INPUTS',
    `preview-port ${base} and pull request #${pullRequest} are no port together.`,
    {
      hint: 'Write a smaller preview-port into host-options.',
    },
  );
}

/** What the places of command lines stand for. */
export function placeValues(request: ReleaseRequest, { pullRequest, port }: Site): Record<string, string> {
  const { branch = '' } = request;
  // A program would read it as an option.
  if (branch.startsWith('-')) {
    throw new DeployError(
      'HOST_REFUSED',
      'The name of the branch begins with "-", which programs take for an option.',
      {
        hint: 'Rename the branch.',
      },
    );
  }
  return {
    DEPLOY_SHA: request.sha,
    DEPLOY_RELEASE: request.release,
    DEPLOY_BRANCH: branch,
    DEPLOY_ENVIRONMENT: request.environment,
    DEPLOY_PR: pullRequest === undefined ? '' : String(pullRequest),
    DEPLOY_PORT: port === undefined ? '' : String(port),
    DEPLOY_REPOSITORY: request.repository,
    DEPLOY_RUN_URL: request.runUrl,
    DEPLOY_ARTIFACT_SHA256: request.artifact?.sha256 ?? '',
  };
}

/** The command line of an option, ready for a shell that has the values; '' where there is none. */
export const lineOf = ({ options }: HostInputs, name: string): string =>
  withReferences(option(options, name) ?? '').line;

/** Command lines that are another in previews. */
const inPlace = (inputs: HostInputs, name: string, { pullRequest }: Site): string =>
  lineOf(inputs, pullRequest === undefined ? name : `preview-${name}`);

/** What a job does: put the artifact live, go back to a release that is there, or run a command line. */
export type JobKind =
  | { readonly mode: 'release' }
  | { readonly mode: 'switch'; readonly target: string }
  | { readonly mode: 'command'; readonly line: string };

/** The file `values` of a job, which ssh-job.ts reads. */
export function valuesFile(
  inputs: HostInputs,
  site: Site,
  request: ReleaseRequest,
  job: {
    readonly id: string;
    readonly startedAt: number;
    readonly kind: JobKind;
    /** Path of the artifact, where it is sent. */
    readonly artifact: string | undefined;
  },
): string {
  const { options } = inputs;
  const exported = placeValues(request, site);
  const port: Record<string, string> = site.port === undefined ? {} : { PORT: String(site.port) };
  const values = {
    mode: job.kind.mode,
    job_id: job.id,
    started: String(job.startedAt),
    artifact: job.artifact === undefined ? '' : basename(job.artifact),
    target: job.kind.mode === 'switch' ? job.kind.target : '',
    line: job.kind.mode === 'command' ? job.kind.line : '',
    live: site.live,
    install: lineOf(inputs, 'install'),
    python: option(options, 'python') ?? 'python3',
    migrate: lineOf(inputs, 'migrate'),
    collectstatic: lineOf(inputs, 'collectstatic'),
    reload: inPlace(inputs, 'reload', site),
    health: inPlace(inputs, 'health', site),
    health_tries: option(options, 'health-tries') ?? '30',
    shared: (options.shared ?? []).join(' '),
    keep: option(options, 'keep') ?? '5',
  };
  return assignments(values) + assignments({ ...exported, ...port }, 'export ');
}
