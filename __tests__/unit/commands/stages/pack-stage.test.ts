import { describe, expect, test } from '@jest/globals';
import type { BuildStage } from '../../../../src/commands/stages/build-stage.ts';
import { packStage } from '../../../../src/commands/stages/pack-stage.ts';
import { DeployError } from '../../../../src/core/errors.ts';
import { createRun } from '../../../support/run.ts';

const artifact = { path: '/w/artifact.tar.gz', sha256: '0a1b', bytes: 2_048, files: 12 };
const builtWith = (pack: BuildStage['artifact']) => ({ artifact: pack }) as BuildStage;

describe('waiting for the artifact', () => {
  test('makes it a fact of the run, and warns of what was left out', async () => {
    const run = createRun();
    const left = ['hosts: a link that leads out of the project'];
    await packStage(
      run,
      builtWith(async () => ({ artifact, left })),
    );
    expect(run.recorder.report()).toMatchObject({
      artifact,
      warnings: ['Left out of the artifact: hosts: a link that leads out of the project'],
      stages: [expect.objectContaining({ name: 'Pack', result: '12 files, 2.0 KiB', failed: false })],
    });
  });

  test('says which hosts do not take one of this size', async () => {
    const run = createRun();
    const large = { ...artifact, bytes: 600_000_000 };
    await packStage(
      run,
      builtWith(async () => ({ artifact: large, left: [] })),
    );
    expect(run.lines.join('\n')).toContain('Elastic Beanstalk');
  });

  test('fails the run if it could not be packed', async () => {
    const run = createRun();
    const full = new DeployError('DISK_FULL', 'No space is left.');
    const waiting = packStage(
      run,
      builtWith(() => Promise.reject(full)),
    );
    await expect(waiting).rejects.toBe(full);
  });

  test('is left out if another job has packed it', async () => {
    const run = createRun({ inputs: { artifact: 'artifact.tar.gz' } });
    await packStage(
      run,
      builtWith(() => Promise.reject(new Error('not asked for'))),
    );
    expect(run.recorder.report().stages).toEqual([]);
  });
});
