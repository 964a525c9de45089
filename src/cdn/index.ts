import type { CdnDefinition } from './cdn.ts';
import { cloudflare } from './cloudflare/cloudflare.ts';
import { cloudfront } from './cloudfront/cloudfront.ts';
import { digitalocean } from './digitalocean/digitalocean.ts';

/** Every CDN, by the name that stands before the id in the input `cdn`. */
export const cdns = { cloudfront, digitalocean, cloudflare } as const satisfies Readonly<Record<string, CdnDefinition>>;

export type CdnName = keyof typeof cdns;
