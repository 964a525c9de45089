import { join, resolve } from 'node:path';
import { hashedNames } from '../../assets/hashed-names.ts';
import { loadManifest } from '../../assets/manifest.ts';
import { formatOf } from '../../core/artifact-format.ts';
import { DeployError } from '../../core/errors.ts';
import type { HostDefinition } from '../../hosts/contract/host.ts';
import { formatBytes, plural } from '../../lib/text.ts';
import { type ReleaseRecord, withWorkspace } from '../../project/artifact/record.ts';
import { unpackArtifact } from '../../project/artifact/unpack.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';

/** An artifact of another commit would put live what nobody asked for. */
function refuseOtherCommit({ commit }: ReleaseRecord, sha: string): void {
  if (commit === sha) return;
  const made = commit === null ? 'of files outside git' : `of commit ${commit.slice(0, 12)}`;
  throw new DeployError(
    'ARTIFACT_INVALID',
    `The artifact was made ${made}, and this run deploys ${sha.slice(0, 12)}.`,
    {
      hint: `Build and deploy in one run of one workflow. In pull requests set ref of actions/checkout to \${{ github.event.pull_request.head.sha }}.`,
    },
  );
}

/** The host would take the file and then fail to unpack it. */
function refuseOtherFormat(path: string, host: HostDefinition | undefined): void {
  const format = formatOf(path);
  const wanted = host?.artifactFormat;
  if (!host || wanted === undefined || wanted === format) return;
  throw new DeployError('ARTIFACT_INVALID', `The artifact is a ${format}, and ${host.title} takes ${wanted}.`, {
    hint: `Set "artifact-format: ${wanted}" in the step with "command: build".`,
  });
}

/**
 * Takes over what `command: build` made in another job: nothing of the project runs here.
 * @param path Of the input `artifact`.
 * @throws DeployError ARTIFACT_INVALID.
 */
export async function artifactStage(
  { ports, inputs, context, scratch }: Run,
  path: string,
): Promise<StageResult<BuildStage>> {
  const workspace = join(scratch, 'release');
  const folderOf = (record: ReleaseRecord) => join(workspace, record.workingDirectory);
  const { artifact, record } = await unpackArtifact(resolve(context.workspace, path), folderOf);
  refuseOtherCommit(record, context.sha);
  refuseOtherFormat(artifact.path, ports.hosts[inputs.host]);
  const root = folderOf(record);
  const inRoot = (inside: string | null) => (inside === null ? null : join(root, inside));
  const { static: collected, media } = record;
  const outcome = {
    ...withWorkspace(record.outcome, workspace),
    collected: collected && { root: join(root, collected.folder), manifest: inRoot(collected.manifest) },
  };
  const manifest = await loadManifest(outcome.collected?.manifest ?? undefined);
  const seconds = (file: string) => media?.changed[file];
  return {
    value: {
      outcome,
      workspace,
      root,
      artifact: async () => ({ artifact, left: [] }),
      names: hashedNames(manifest),
      bundled: new Set(record.bundled),
      findings: record.findings,
      mediaFolder: media ? join(root, media.folder) : undefined,
      changedAt: async ({ file }) => {
        const changed = seconds(file.path);
        return changed === undefined ? undefined : changed * 1000;
      },
    },
    facts: { artifact },
    result: `${plural(artifact.files, 'file')}, ${formatBytes(artifact.bytes)}, every one as it was built; Django ${record.django} on Python ${record.python}`,
  };
}
