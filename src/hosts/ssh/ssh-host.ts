import { DeployError } from '../../core/errors.ts';
import {
  type Host,
  HostAnswerError,
  type HostInputs,
  type HostIO,
  type HostRelease,
  type Preview,
  type ReleaseRequest,
  type RollbackTarget,
} from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { connect, type ScriptResult } from './ssh-connection.ts';
import { jobScript } from './ssh-job.ts';
import { type JobKind, lineOf, placeValues, type Site, siteOf, valuesFile } from './ssh-plan.ts';
import { assignments, environmentFile } from './ssh-quote.ts';
import * as scripts from './ssh-scripts.ts';
import { statusOf } from './ssh-status.ts';

/** The end of what a script printed; @throws DeployError HOST_REFUSED where it did not do its work. */
function must(result: ScriptResult, what: string, hint: string): string {
  if (result.code === 0) return result.stdout;
  const lines = (result.stderr.trim() || result.stdout.trim()).split(/\r?\n/).slice(-3).join(' ').slice(0, 300);
  throw new DeployError('HOST_REFUSED', `${what} (exit status ${result.code}): ${lines}`, { hint });
}

function refuseLines(variables: Readonly<Record<string, string>>): void {
  const [name] = Object.entries(variables).find(([, value]) => /[\r\n]/.test(value)) ?? [];
  if (name === undefined) return;
  throw new DeployError(
    'INVALID_INPUTS',
    `host-env: ${name} has several lines, which the file of variables cannot hold.`,
    {
      hint: `Encode the value of ${name}, for example by base64, and decode it in the settings.`,
    },
  );
}

/** Sends a job's files to the server and starts it; it goes on by itself. */
async function startJob(
  inputs: HostInputs,
  site: Site,
  request: ReleaseRequest,
  name: string,
  kind: JobKind,
  io: HostIO,
): Promise<HostRelease> {
  refuseLines(request.variables);
  placeValues(request, site);
  const startedAt = io.now();
  const server = await connect(inputs, io);
  const prepared = must(
    await server.script(scripts.prepareScript, [site.root, name, site.live]),
    `The server made no folder for the job in ${site.root}`,
    'Make the folder on the server and give it to the user of service: sudo install -d -o USER FOLDER.',
  );
  const id = scripts.answerOf(prepared, 'job');
  if (!id) throw new HostAnswerError('the server did not say which job it made', 200);
  const folder = `${site.root}/.deploy-django/jobs/${id}`;
  const line = kind.mode === 'command' ? kind.line : undefined;
  const isSent = kind.mode === 'release' || line?.includes('DEPLOY_ARTIFACT}');
  const artifact = isSent ? request.artifact?.path : undefined;
  const files = [
    await io.secretFile('run.sh', jobScript),
    await io.secretFile('values', valuesFile(inputs, site, request, { id, startedAt, kind, artifact })),
    await io.secretFile('variables', environmentFile(request.variables)),
  ];
  await server.send([...files, ...(artifact ? [artifact] : [])], folder);
  const started = await server.script(scripts.startScript, [site.root, id]).catch((error: unknown) => {
    // It may have started all the same, so that nobody may ask again.
    throw error instanceof HostAnswerError ? new HostAnswerError(error.message, 500) : error;
  });
  must(started, 'The job did not start', 'Look into the folder .deploy-django/jobs on the server.');
  return { startedAt, sha: request.sha, id };
}

/** How jobs of a site are followed and ended. */
function following(inputs: HostInputs, site: Site): Required<Pick<Host, 'status' | 'logs' | 'cancel'>> {
  const ask = async (script: string, args: readonly string[], io: HostIO) =>
    (await (await connect(inputs, io)).script(script, [site.root, ...args])).stdout;
  return {
    status: async ({ id = '', sha }, io) => statusOf(await ask(scripts.statusScript, [id, site.live], io), id, sha),
    async *logs({ id = '' }, io) {
      const text = await ask(scripts.logScript, [id], io);
      yield* text.split(/\r?\n/).filter((line) => line !== '');
    },
    async cancel({ id = '' }, io) {
      await ask(scripts.cancelScript, [id], io);
    },
  };
}

/** Looks whether the server lets us in, and has what a deploy needs. */
async function checkServer(inputs: HostInputs, site: Site, io: HostIO): Promise<readonly string[]> {
  const { options } = inputs;
  const python = site.mode === 'release' && !option(options, 'install') ? [option(options, 'python') ?? 'python3'] : [];
  const server = await connect(inputs, io);
  const programs = ['flock', 'tar', 'awk', ...python];
  const found = await server.script(scripts.checkScript, [site.root, site.mode, ...programs]);
  const stdout = must(
    found,
    'The server could not be looked at',
    'Log in with the same key and look what the shell says.',
  );
  const [problem] = [
    ...scripts.answersOf(stdout, 'problem'),
    ...scripts.answersOf(stdout, 'missing').map((program) => `the server has no program ${program}`),
  ];
  if (problem === undefined) return [];
  throw new DeployError('HOST_REFUSED', `${server.address.host} is not ready for a deploy: ${problem}.`, {
    hint: 'docs/hosts/ssh.md shows what to create on the server.',
  });
}

/** What a site deploys by: its artifact, or the command line of that option. */
function triggerOf(inputs: HostInputs, site: Site, commandName: string): Host['trigger'] {
  return (request, io) => {
    if (site.mode === 'command')
      return startJob(
        inputs,
        site,
        request,
        request.release,
        { mode: 'command', line: lineOf(inputs, commandName) },
        io,
      );
    if (!request.artifact)
      throw new DeployError('INVALID_INPUTS', 'There is no artifact to put on the server.', {
        hint: 'Deploy with the project in the checkout, or give the input artifact.',
      });
    return startJob(inputs, site, request, request.release, { mode: 'release' }, io);
  };
}

/** Asks the server which of its releases is meant, and switches to it. */
async function switchBack(
  inputs: HostInputs,
  site: Site,
  to: RollbackTarget | undefined,
  request: ReleaseRequest,
  io: HostIO,
): Promise<HostRelease> {
  const server = await connect(inputs, io);
  const commit = to?.sha ?? to?.release?.split('-')[0] ?? '';
  const { stdout } = await server.script(scripts.targetScript, [site.root, commit ? '' : (to?.id ?? ''), commit]);
  const [target, sha = ''] = (scripts.answerOf(stdout, 'target') ?? '').split(' ');
  if (!target) {
    throw new DeployError(
      'HOST_REFUSED',
      `The server has no release ${commit || to?.id || 'before this one'} to go back to.`,
      {
        hint: 'Raise keep in host-options for the next time, and deploy the older commit again, for example by a revert.',
      },
    );
  }
  const asked = { ...request, sha, artifact: undefined, variables: {} };
  return startJob(inputs, site, asked, `${request.release}-rollback`, { mode: 'switch', target }, io);
}

function rollbackOf(inputs: HostInputs, site: Site): NonNullable<Host['rollback']> {
  return (to) => ({
    ...following(inputs, site),
    trigger(request, io) {
      if (site.mode === 'release') return switchBack(inputs, site, to, request, io);
      const asked = { ...request, sha: to?.sha ?? '', release: to?.release ?? '', artifact: undefined };
      const kind = { mode: 'command', line: lineOf(inputs, 'rollback-command') } as const;
      return startJob(inputs, site, asked, `${request.release}-rollback`, kind, io);
    },
  });
}

function createPreview(inputs: HostInputs, pullRequest: number): Preview {
  const site = siteOf(inputs, pullRequest);
  return {
    check: (io) => checkServer(inputs, site, io),
    trigger: triggerOf(inputs, site, 'preview-command'),
    ...following(inputs, site),
    async destroy(request, io) {
      const isRelease = site.mode === 'release';
      const line = lineOf(inputs, isRelease ? 'preview-stop' : 'teardown-command');
      if (!isRelease && line === '')
        return {
          outcome: 'left',
          message: 'host-options has no teardown-command, so the preview is left on the server',
        };
      const values = line === '' ? '' : assignments(placeValues(request, site), 'export ') + line;
      const server = await connect(inputs, io);
      const script = isRelease ? scripts.removeScript : scripts.teardownScript;
      const stdout = must(
        await server.script(script, [site.root, values, site.live]),
        `The preview of #${pullRequest} was not taken away`,
        `Look at ${isRelease ? 'preview-stop' : 'teardown-command'} in host-options, and run it on the server.`,
      );
      const outcome = scripts.answerOf(stdout, 'removal');
      if (outcome === 'gone') return { outcome, message: `the server has no preview of #${pullRequest} (any more)` };
      const kept = outcome === 'kept' ? `; ${site.root} stays, because it holds files that no deploy put there` : '';
      return { outcome: 'removed', message: `the preview of #${pullRequest} was taken off the server${kept}` };
    },
  };
}

/** A server that is reached by ssh. */
export function createSsh(inputs: HostInputs): Host {
  const site = siteOf(inputs);
  const has = (name: string) => option(inputs.options, name) !== undefined;
  const previews = has(site.mode === 'release' ? 'preview-path' : 'preview-command');
  const goesBack = site.mode === 'release' || has('rollback-command');
  return {
    check: (io) => checkServer(inputs, site, io),
    trigger: triggerOf(inputs, site, 'command'),
    ...following(inputs, site),
    ...(goesBack ? { rollback: rollbackOf(inputs, site) } : {}),
    ...(previews ? { preview: (pullRequest: number) => createPreview(inputs, pullRequest) } : {}),
  };
}
