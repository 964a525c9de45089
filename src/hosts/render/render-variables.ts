import type { BuildFacts } from '../contract/host.ts';

/** What Render's own builds have: https://render.com/docs/environment-variables */
export function variables({ sha, branch, isPullRequest, url }: BuildFacts): Record<string, string> {
  const address = url?.endsWith('.onrender.com') ? new URL(url) : undefined;
  return {
    RENDER: 'true',
    IS_PULL_REQUEST: String(isPullRequest),
    RENDER_GIT_COMMIT: sha,
    ...(branch ? { RENDER_GIT_BRANCH: branch } : {}),
    // It is always the address that Render gave, never a custom domain.
    ...(address ? { RENDER_EXTERNAL_HOSTNAME: address.hostname, RENDER_EXTERNAL_URL: address.origin } : {}),
  };
}
