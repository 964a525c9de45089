import type { CdnDefinition } from '../cdn.ts';

/** Amazon CloudFront. */
export const cloudfront = {
  title: 'CloudFront',
  id: { meaning: 'the id of the distribution', example: 'E2QWRUHAPOMQZL' },
  takesToken: false,
  needsAddress: false,
  right: 'The key or role needs cloudfront:CreateInvalidation on the distribution.',
  check: (id) =>
    /^[A-Z0-9]{8,32}$/.test(id)
      ? undefined
      : `"${id}" is not the id of a distribution, such as E2QWRUHAPOMQZL; its domain is another thing`,
} as const satisfies CdnDefinition;
