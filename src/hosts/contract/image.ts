import type { Mistake } from '../../core/mistake.ts';
import { fillTemplate } from '../../lib/text.ts';
import type { HostInputs } from './host.ts';
import { option } from './options.ts';

/** The image that the option `image` names for a commit; undefined if the option is not there. */
export function imageOf({ options }: HostInputs, sha: string, pullRequest?: number): string | undefined {
  const template = option(options, 'image');
  const pr = pullRequest === undefined ? undefined : String(pullRequest);
  return template === undefined ? undefined : fillTemplate(template, { sha, pr }).text;
}

/** The commit that the name of an image holds. */
export const commitInImage = (image: string | null | undefined): string | undefined =>
  /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/.exec(image ?? '')?.[0];

/** Mistakes in the option `image`. Its name must hold the commit, because a deploy is known by it. */
export function imageMistakes({ options }: HostInputs, isPreview: boolean): Mistake[] {
  const template = option(options, 'image');
  if (template === undefined) return [];
  const { unknown } = fillTemplate(template, isPreview ? { sha: '', pr: '' } : { sha: '' });
  const messages = unknown.map((name) =>
    name === 'pr'
      ? 'image has {pr} in it, which only pull requests have; write {sha}'
      : `image has {${name}} in it, which has no meaning here; write {sha} or, in pull requests, {pr}`,
  );
  if (!template.includes('{sha}')) messages.push('image is the same for every commit; write {sha} into its tag');
  return messages.map((message) => ({ input: 'host-options', message }));
}
