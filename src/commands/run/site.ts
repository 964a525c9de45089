import { option } from '../../hosts/contract/options.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { RunParts } from './run-parts.ts';

/** Public URL of the preview, where the host cannot tell it. */
const previewUrl = ({ hostInputs }: Inputs, pullRequest: number): string | undefined =>
  option(hostInputs.options, 'preview-url')?.replaceAll('{pr}', String(pullRequest)).replace(/\/+$/, '');

/** The public URL as the inputs name it. */
export const siteOf = ({ inputs, plan }: RunParts): string | undefined =>
  plan.kind === 'preview' ? previewUrl(inputs, plan.pullRequest) : inputs.url;
