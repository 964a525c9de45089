import type { HostInputs, ReleaseRequest } from '../../hosts/contract/host.ts';
import { option } from '../../hosts/contract/options.ts';
import { plural } from '../../lib/text.ts';
import type { ReleaseStageIO } from '../../release/before.ts';
import type { Expectation } from '../../release/expectation.ts';
import type { Marks } from '../../release/judge.ts';
import { type Proof, prove } from '../../release/proof.ts';
import type { StageResult } from '../../report/recorder.ts';

function marksOf(
  hostInputs: HostInputs,
  request: ReleaseRequest,
  expectation: Expectation,
  hostSays: string | undefined,
): Marks {
  const { options } = hostInputs;
  return {
    sha: request.sha,
    release: request.release,
    header: option(options, 'proof-header'),
    path: option(options, 'proof-path'),
    body: option(options, 'proof-body'),
    hostSays,
    assets: expectation.assets,
  };
}

export interface ProofStageRequest {
  readonly url: string;
  readonly healthPath: string;
  readonly hostInputs: HostInputs;
  readonly release: ReleaseRequest;
  readonly expectation: Expectation;
  readonly hostSays: string | undefined;
  readonly origins: ReadonlySet<string>;
  readonly deadline: number;
}

export async function proofStage(request: ProofStageRequest, io: ReleaseStageIO): Promise<StageResult<Proof>> {
  const { url, healthPath, expectation, release, hostInputs, hostSays, deadline } = request;
  const marks = marksOf(hostInputs, release, expectation, hostSays);
  const proof = await io.log.group(`Proof: ${url}${healthPath}`, async () => {
    io.log.info(
      `Waiting for ${(marks.header ?? marks.path ?? marks.body) ? 'the commit where host-options say that it stands' : expectation.expected}`,
    );
    const ours = new Set([...request.origins, new URL(url).origin]);
    const found = await prove({ url, healthPath, marks, expectation, ours, deadline }, { ...io, onWait: io.log.info });
    for (const { url: address, message } of found.assets.remarks) io.recorder.warn(`${address} ${message}`);
    return found;
  });
  const { evidence, assets } = proof;
  if (expectation.weak && evidence?.kind === 'asset') {
    io.recorder.warn(
      'This is the first deploy by this action, and the page named the same static files before it. Later deploys are told from one another.',
    );
  }
  io.recorder.note({
    url,
    proof: {
      evidence,
      page: proof.page,
      at: new Date(proof.at).toISOString(),
      assets: assets.checked,
      foreignAssets: assets.foreign,
    },
  });
  const seen = evidence
    ? `${evidence.kind}: ${evidence.seen}`
    : 'it answers, and nothing tells this release from the one before';
  return { value: proof, result: `${seen}; ${plural(assets.checked, 'file')} of the page checked` };
}
