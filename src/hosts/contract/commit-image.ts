import { fillTemplate } from '../../lib/text.ts';
import type { HostInputs } from './host.ts';
import type { HostOption } from './host-option.ts';
import { option } from './options.ts';

/** The option of hosts that run an image which somebody else built. */
export const imageOption: HostOption = {
  name: 'image',
  example: 'ghcr.io/acme/shop:{sha}',
  meaning: 'the image of the commit, pushed before this step; `{pr}` is the pull request’s number in previews',
  required: true,
  check: (value) => {
    const { unknown } = fillTemplate(value, { sha: '', pr: '' });
    if (unknown.length > 0) return `has {${unknown[0]}} in it; there are {sha} and, in previews, {pr}`;
    return value.includes('{sha}')
      ? undefined
      : `"${value}" is the same in every commit; write {sha} where its commit is`;
  },
};

/** The image of a commit. */
export function imageOf({ options }: HostInputs, sha: string, pullRequest?: number): string {
  const pr = pullRequest === undefined ? '' : String(pullRequest);
  return fillTemplate(option(options, 'image') ?? '', { sha, pr }).text;
}

/** The commit in the name of an image, where those who built it put it there. */
export const commitOfImage = (image: string | undefined): string | undefined =>
  /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/.exec(image ?? '')?.[0];
