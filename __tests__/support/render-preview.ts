import type { DeployError } from '../../src/core/errors.ts';
import type { HttpRequest } from '../../src/core/ports.ts';
import { render } from '../../src/hosts/render/render.ts';
import { Secret } from '../../src/lib/secret.ts';
import { answer } from './fakes.ts';
import { createHostInputs, fakeHostIO, json } from './host-io.ts';

export const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
export const service = 'srv-c0ffee0123456789abcd';
export const previewId = 'srv-aaaaaaaaaaaaaaaaaaaa';
export const startedAt = Date.parse('2026-03-01T12:00:00Z');

/** Render as the preview of pull request 7 sees it. */
interface World {
  /** What the service is, besides its name. */
  readonly base?: object;
  /** Services that the list has. */
  readonly listed?: readonly object[];
  /** Deploys of the preview, the newest first. */
  readonly deploys?: readonly object[];
  /** What the deletion answers. */
  readonly deletion?: number;
}

export const previewOf = (more: object = {}) => ({
  id: previewId,
  name: 'harbour PR #7',
  serviceDetails: { parentServer: { id: service }, url: 'https://harbour-pr-7.onrender.com' },
  ...more,
});
const automatic = { serviceDetails: { previews: { generation: 'automatic' } } };

function answers({ base = automatic, listed = [], deploys = [], deletion = 204 }: World) {
  return ({ url, method }: HttpRequest) => {
    const { pathname } = new URL(url);
    const path = pathname.replace('/v1/services', '');
    if (method === 'DELETE') return answer(deletion);
    if (path === '') return json(listed.map((one) => ({ service: one, cursor: 'c' })));
    if (path === `/${service}`) return json({ id: service, name: 'harbour', ownerId: 'tea-1', ...base });
    if (path === `/${service}/preview`) return json({ service: previewOf(), deployId: 'dep-9' });
    if (path === `/${previewId}/deploys` && method === 'POST') return json({ id: 'dep-8' }, 201);
    if (path === `/${previewId}/deploys`) return json(deploys.map((deploy) => ({ deploy, cursor: 'c' })));
    if (path.startsWith(`/${previewId}/deploys/`)) return json(deploys[0] ?? {});
    return answer(404);
  };
}

/** The preview of pull request 7 in that world, and what was changed in it. */
export function meet(world: World, image?: string) {
  const options = image === undefined ? {} : { image: [image] };
  const io = fakeHostIO(answers(world));
  const preview = render.create(createHostInputs({ service, token: new Secret('rnd_token'), options })).preview?.(7);
  if (!preview) throw new Error('no preview');
  const changes = () => io.requests.filter(({ method }) => method !== 'GET');
  return { preview, io, changes };
}

/** What the work failed with. */
export const failure = (work: Promise<unknown>): Promise<DeployError> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => error as DeployError,
  );
