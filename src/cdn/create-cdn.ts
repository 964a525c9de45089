import type { Cdn, CdnInputs } from './cdn.ts';
import type { CdnName } from './index.ts';

/** Each is loaded when it is used: inputs and docs need its data alone. */
const makers: Readonly<Record<CdnName, (inputs: CdnInputs) => Promise<Cdn>>> = {
  cloudfront: async (inputs) => (await import('./cloudfront/cloudfront-cdn.ts')).createCloudFront(inputs),
  digitalocean: async (inputs) => (await import('./digitalocean/digitalocean-cdn.ts')).createSpacesCdn(inputs),
  cloudflare: async (inputs) => (await import('./cloudflare/cloudflare-cdn.ts')).createCloudflare(inputs),
};

export const createCdn = (name: CdnName, inputs: CdnInputs): Promise<Cdn> => makers[name](inputs);
