import { formatBytes, plural } from '../../lib/text.ts';
import { tooLarge } from '../../project/artifact/artifact-size.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';

/**
 * Waits for the artifact, which is packed beside other stages. There is nothing to wait for if another job has packed it.
 * @throws what packing has failed with.
 */
export async function packStage({ ports, recorder, inputs }: Run, built: BuildStage): Promise<void> {
  if (inputs.artifact !== undefined) return;
  await recorder.stage('Pack', async () => {
    const { artifact, left } = await built.artifact();
    for (const reason of left) recorder.warn(`Left out of the artifact: ${reason}`);
    const large = tooLarge(artifact.bytes);
    if (large) ports.log.info(large);
    const result = `${plural(artifact.files, 'file')}, ${formatBytes(artifact.bytes)}`;
    return { value: undefined, result, facts: { artifact } };
  });
}
