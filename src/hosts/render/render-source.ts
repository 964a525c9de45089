import { DeployError } from '../../core/errors.ts';
import type { Mistake } from '../../core/mistake.ts';
import { fillTemplate } from '../../lib/text.ts';
import type { HostInputs } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { commitOf, type Deploy, runsImage, type Service } from './render-api.ts';

/** What a service's deploys are made from: commits of its repository, or images that somebody else built. */
export interface Source {
  /** The image of a commit, where deploys are made from images. */
  readonly image?: (sha: string) => string;
  /** What Render is asked to deploy. */
  body(sha: string): object;
  /** Whether a deploy is of this commit. */
  made(deploy: Deploy, sha: string): boolean;
}

/** Where the input `image` is set deploys are made from it, with the commit and the pull request's number filled in. */
export function sourceOf({ options }: HostInputs, pullRequest?: number): Source {
  const template = option(options, 'image');
  const clearCache = option(options, 'clear-cache') === 'true' ? { clearCache: 'clear' } : {};
  if (template === undefined) {
    return {
      body: (sha) => ({ commitId: sha, ...clearCache }),
      made: (deploy, sha) => commitOf(deploy) === sha,
    };
  }
  const pr = pullRequest === undefined ? undefined : String(pullRequest);
  const image = (sha: string) => fillTemplate(template, { sha, pr }).text;
  return {
    image,
    body: (sha) => ({ imageUrl: image(sha), ...clearCache }),
    made: (deploy, sha) => commitOf(deploy) === sha || deploy.image?.ref === image(sha),
  };
}

/** Mistakes in the option `image`. */
export function checkImage({ options }: HostInputs, isPreview: boolean): Mistake[] {
  const template = option(options, 'image');
  if (template === undefined) return [];
  const places = isPreview ? { sha: '', pr: '' } : { sha: '' };
  const { unknown } = fillTemplate(template, places);
  return unknown.map((name) => ({
    input: 'host-options',
    message:
      name === 'pr'
        ? 'image has {pr} in it, which only pull requests have; write {sha}'
        : `image has {${name}} in it, which stands for nothing; there are {sha} and, in pull requests, {pr}`,
  }));
}

/** @throws DeployError INVALID_INPUTS where an image is named for a service that is built from git. */
export function refuseImage(service: Service, source: Source): void {
  if (!source.image || runsImage(service)) return;
  throw new DeployError('INVALID_INPUTS', 'host-options names an image, and this Render service is built from git.', {
    hint: 'Leave image out of host-options, or name the service that runs the image.',
  });
}
