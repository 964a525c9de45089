import { expect, test } from '@jest/globals';
import { render } from '../../../../src/hosts/render/render.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs, fakeHostIO, json } from '../../../support/host-io.ts';

test('the addresses of a service are its own and the custom domains that Render has verified', async () => {
  const domain = (name: string, verificationStatus: string) => ({ customDomain: { name, verificationStatus } });
  const io = fakeHostIO(({ url }) =>
    url.includes('/custom-domains')
      ? json([domain('www.harbour.test', 'verified'), domain('parked.test', 'unverified'), {}])
      : json({ id: 'srv-1', serviceDetails: { url: 'https://harbour.onrender.com' } }),
  );
  const host = render.create(createHostInputs({ service: 'srv-1', token: new Secret('rnd_token') }));
  expect(await host.urls?.(io)).toEqual(['https://harbour.onrender.com', 'https://www.harbour.test']);
  expect(io.requests.map(({ url }) => url)).toEqual([
    'https://api.render.com/v1/services/srv-1',
    'https://api.render.com/v1/services/srv-1/custom-domains?limit=100',
  ]);
});
