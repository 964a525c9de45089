import type { CdnDefinition } from '../cdn.ts';

/** Cloudflare before a bucket's domain. */
export const cloudflare = {
  title: 'Cloudflare',
  id: { meaning: 'the id of the zone', example: '023e105f4ecef8ad9ca31a8372d0c353' },
  takesToken: true,
  needsAddress: true,
  right: 'The token needs the permission Zone, Cache Purge, Purge for this zone.',
  check: (id) =>
    /^[0-9a-f]{32}$/.test(id)
      ? undefined
      : `"${id}" is not the id of a zone, which has 32 hex digits; the overview of the domain shows it`,
} as const satisfies CdnDefinition;
