import type { CdnDefinition } from '../cdn.ts';

/** The CDN of DigitalOcean Spaces. */
export const digitalocean = {
  title: 'the Spaces CDN',
  id: { meaning: 'the id of the CDN endpoint', example: '19f06b6a-3ace-4315-b086-499a0e521b76' },
  takesToken: true,
  needsAddress: false,
  right: 'The token needs the scope cdn:delete.',
  check: (id) =>
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
      ? undefined
      : `"${id}" is not the id of a CDN endpoint; "doctl compute cdn list" shows it`,
} as const satisfies CdnDefinition;
