import { join } from 'node:path';
import { DeployError } from '../../core/errors.ts';
import type { HostInputs, HostIO, HostRelease, ReleaseRequest } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import type { FlyApi } from './fly-api.ts';
import { commitOf, flyctlVersion } from './fly-release.ts';

const tailLength = 15;

/**
 * Lets flyctl build the checkout, run the release command and change the machines. The label of the image is the commit, so
 * that Fly.io itself says which commit a machine runs.
 * @throws DeployError HOST_REFUSED if flyctl is not installed, HOST_FAILED with its last lines if the deploy failed.
 */
export async function deployByFlyctl(
  api: FlyApi,
  app: string,
  { sha }: ReleaseRequest,
  inputs: HostInputs,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const folder = join(io.environ('GITHUB_WORKSPACE') ?? '.', option(inputs.options, 'directory') ?? '.');
  const args = ['deploy', folder, '--app', app, '--remote-only', '--image-label', sha, '--yes'];
  const env = { FLY_API_TOKEN: inputs.token?.reveal() ?? '', NO_COLOR: '1', CI: 'true' };
  const { code, stdout, stderr } = await io.run({ program: 'flyctl', args, env });
  if (code === 127) {
    throw new DeployError('HOST_REFUSED', 'flyctl is not installed on this runner.', {
      hint: 'Add the step superfly/flyctl-actions/setup-flyctl before this one, or write "image: registry.fly.io/…:{sha}" into host-options.',
    });
  }
  if (code !== 0) {
    const lines = `${stdout}\n${stderr}`.split(/\r?\n/).filter((line) => line.trim() !== '');
    const tail = lines.slice(-tailLength).map((line) => `\n  ${line}`);
    throw new DeployError(
      'HOST_FAILED',
      `flyctl deploy failed with exit status ${code}. Its last lines:${tail.join('')}`,
      {
        hint: `The whole log is at https://fly.io/apps/${app}/monitoring`,
      },
    );
  }
  const made = (await api.machines(app, io)).find((machine) => commitOf(machine) === sha);
  return { startedAt, sha, ...(made ? { id: `v${flyctlVersion(made)}` } : {}) };
}
