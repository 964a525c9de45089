import { afterAll, describe, expect, test } from '@jest/globals';
import type { CdnDefinition, StaleObject } from '../../src/cdn/cdn.ts';
import { createCdn } from '../../src/cdn/create-cdn.ts';
import { type CdnName, cdns } from '../../src/cdn/index.ts';
import { Secret } from '../../src/lib/secret.ts';
import { hostIO } from '../../src/release/host-io.ts';
import { purge, whyNotPurged } from '../../src/release/purge.ts';
import { createHttp } from '../../src/runner/http-client.ts';
import type { CdnEmulator, CdnPlot } from '../support/cdns/cdn-emulator.ts';
import { cloudflareToken, cloudflareZone, startCloudflare } from '../support/cdns/cloudflare.ts';
import { cloudfrontId, cloudfrontKeys, startCloudFront } from '../support/cdns/cloudfront.ts';
import { spacesCdnId, spacesCdnToken, startSpacesCdn } from '../support/cdns/digitalocean.ts';
import type { EmulatorReply } from '../support/emulator.ts';
import { fakeClock, never } from '../support/fakes.ts';
import { fakeMachine } from '../support/host-io.ts';

const http = createHttp('contract');
afterAll(() => http.close());

interface Subject {
  readonly name: CdnName;
  readonly id: string;
  readonly secret: string;
  start(plot: CdnPlot): Promise<CdnEmulator>;
  /** How a file and a folder are purged here, below https://cdn.example.com/static/. */
  readonly file: (name: string) => string;
  readonly folder: RegExp;
  /** Files that are still purged one by one. */
  readonly most: number;
  /** An error of this vendor. */
  readonly error: (status: number, message: string) => EmulatorReply;
}

const json =
  (wrap: (message: string) => unknown) =>
  (status: number, message: string): EmulatorReply => ({ status, body: wrap(message) });

const subjects: Subject[] = [
  {
    name: 'cloudfront',
    id: cloudfrontId,
    secret: cloudfrontKeys.secret,
    start: startCloudFront,
    file: (name) => `/static/${name}`,
    folder: /^\/static\/(\w+\/)?\*$/,
    most: 30,
    error: (status, message) => ({
      status,
      headers: { 'content-type': 'text/xml' },
      body: `<ErrorResponse><Error><Code>Failure</Code><Message>${message}</Message></Error></ErrorResponse>`,
    }),
  },
  {
    name: 'digitalocean',
    id: spacesCdnId,
    secret: spacesCdnToken,
    start: startSpacesCdn,
    file: (name) => `static/${name}`,
    folder: /^static\/(\w+\/)?\*$/,
    most: 50,
    error: json((message) => ({ id: 'failure', message })),
  },
  {
    name: 'cloudflare',
    id: cloudflareZone,
    secret: cloudflareToken,
    start: startCloudflare,
    file: (name) => `https://cdn.example.com/static/${name}`,
    folder: /^cdn\.example\.com\/static\/(\w+\/)?$/,
    most: 600,
    error: json((message) => ({ success: false, errors: [{ code: 1, message }], messages: [], result: null })),
  },
];

const stale = (...names: readonly string[]): StaleObject[] =>
  names.map((name) => ({
    key: `static/${name}`,
    url: `https://cdn.example.com/static/${name.split('/').map(encodeURIComponent).join('/')}`,
  }));

interface Given {
  readonly objects?: readonly StaleObject[];
  readonly refuse?: EmulatorReply[];
  readonly wait?: boolean;
  readonly id?: string;
  readonly secret?: string;
}

/** Purges as a run does, in the time of a fake clock. */
async function purgeAt(
  subject: Subject,
  { objects = stale('app.css'), refuse = [], wait = false, ...given }: Given = {},
) {
  const clock = fakeClock();
  const began = clock.now();
  const definition: CdnDefinition = cdns[subject.name];
  const emulator = await subject.start({ refuse: [...refuse] });
  const secret = given.secret ?? subject.secret;
  const cdn = await createCdn(subject.name, {
    id: given.id ?? subject.id,
    token: definition.takesToken ? new Secret(secret) : undefined,
    keys: definition.takesToken ? undefined : { accessKeyId: cloudfrontKeys.id, secretAccessKey: secret },
    apiUrl: emulator.origin,
    release: '5ad1c8f0d0d1-42.1',
    origins: ['https://cdn.example.com'],
  });
  const lines: string[] = [];
  const io = {
    http,
    machine: fakeMachine(),
    clock,
    random: () => 1,
    signal: never,
    onLine: (line: string) => void lines.push(line),
  };
  const plan = cdn.plan(objects);
  try {
    const [state, error] = await purge(
      { definition, cdn, requests: plan.requests, deadline: began + 600_000, wait },
      io,
    ).then(
      (found) => [found, undefined] as const,
      (thrown: unknown) => [undefined, thrown as Error] as const,
    );
    const checked = await cdn.check(hostIO(io)).then(
      (found) => ({ found }),
      (thrown: unknown) => ({ thrown: thrown as Error }),
    );
    const why = error && whyNotPurged(error, definition);
    const { purges, complaints, requests } = emulator;
    const shown = [...lines, why ?? '', cdn.command(plan)].join('\n');
    return { state, error, why, plan, purges, complaints, requests, shown, checked, elapsed: clock.now() - began, cdn };
  } finally {
    await emulator.stop();
  }
}

const many = (count: number, folder: (at: number) => string): StaleObject[] =>
  stale(...Array.from({ length: count }, (_, at) => `${folder(at)}file-${at}.css`));

describe.each(subjects)('a purge at $name', (subject) => {
  test('of two files names these two, and the answer is taken for it', async () => {
    const run = await purgeAt(subject, { objects: stale('app.css', 'img/logo.svg') });
    expect(run).toMatchObject({ error: undefined, state: 'sent', complaints: [] });
    expect(run.purges.flat()).toEqual([subject.file('app.css'), subject.file('img/logo.svg')]);
  });

  test('of nothing asks nobody', async () => {
    const { plan, purges, requests } = await purgeAt(subject, { objects: [] });
    expect([plan.requests, purges]).toEqual([[], []]);
    // Only the question whether it is there.
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test('of as many files as go one by one names each of them once', async () => {
    const run = await purgeAt(subject, { objects: many(subject.most, () => '') });
    expect(run).toMatchObject({ error: undefined, complaints: [] });
    expect(run.purges.flat()).toHaveLength(subject.most);
    expect(new Set(run.purges.flat()).size).toBe(subject.most);
  });

  test('of more files goes by their folders, and no request is refused', async () => {
    const run = await purgeAt(subject, { objects: many(3_500, (at) => `f${at % 5}/`) });
    expect(run).toMatchObject({ error: undefined, complaints: [] });
    expect(run.purges.flat()).toHaveLength(5);
    for (const path of run.purges.flat()) expect(path).toMatch(subject.folder);
  });

  test('of more files without folders goes by the one that they have in common', async () => {
    const run = await purgeAt(subject, { objects: many(700, () => '') });
    expect(run).toMatchObject({ error: undefined, complaints: [] });
    expect(run.purges.flat()).toHaveLength(1);
    expect(run.purges.flat()[0]).toMatch(subject.folder);
  });

  test('waits as long as an answer of 429 asks for', async () => {
    const busy = { ...subject.error(429, 'slow down'), headers: { 'retry-after': '70' } };
    const run = await purgeAt(subject, { refuse: [busy] });
    expect(run).toMatchObject({ error: undefined, complaints: [] });
    expect(run.purges).toHaveLength(1);
    expect(run.elapsed).toBeGreaterThanOrEqual(70_000);
    expect(run.shown).toContain('429');
  });

  test('goes on after answers of 500, 502 and 503', async () => {
    const refuse = [500, 502, 503].map((status) => ({ status, body: '<h1>Bad gateway</h1>' }));
    const run = await purgeAt(subject, { refuse });
    expect(run).toMatchObject({ error: undefined, complaints: [] });
    expect(run.purges).toHaveLength(1);
  });

  test('gives up after five answers of 500', async () => {
    const run = await purgeAt(subject, { refuse: Array.from({ length: 5 }, () => ({ status: 500, body: '' })) });
    expect(run.error?.message).toContain('HTTP 500');
    expect(run.purges).toEqual([]);
  });

  test.each([
    [401, 'wrong or was revoked'],
    [403, cdns[subject.name].right],
    [404, 'Check the id in the input cdn'],
  ])('that is answered %i is not tried again, and says what to do', async (status, advice) => {
    const run = await purgeAt(subject, { refuse: [subject.error(status, 'No, said the vendor')] });
    expect(run.why).toContain(`HTTP ${status}`);
    expect(run.why).toContain('No, said the vendor');
    expect(run.why).toContain(advice);
    expect(run.purges).toEqual([]);
  });

  test('shows no credential that an answer echoes', async () => {
    const run = await purgeAt(subject, { refuse: [subject.error(403, `the key ${subject.secret} may not`)] });
    expect(run.why).toContain('the key *** may not');
    expect(run.shown).not.toContain(subject.secret);
  });

  test('whose answer is of another shape is an error that says whose it was', async () => {
    if (subject.name === 'digitalocean') {
      // It answers without a body, and so does a wrong shape that it cannot have: only the status counts.
      const run = await purgeAt(subject, { refuse: [{ status: 200, body: ['unexpected'] }] });
      expect(run.error).toBeUndefined();
      return;
    }
    const run = await purgeAt(subject, { refuse: [{ status: 200, body: ['unexpected'] }] });
    expect(run.error?.message).toMatch(/^Cloud(Front|flare)'s .*HTTP 200 with/);
    expect(run.purges).toEqual([]);
  });

  test('has a command that a person can type, without a credential', async () => {
    const { cdn, plan, shown } = await purgeAt(subject, { objects: stale("it's.css") });
    expect(cdn.command(plan)).toContain(subject.id);
    expect(cdn.command(plan)).toMatch(/it('\\''|%27)s\.css/);
    expect(shown).not.toContain(subject.secret);
  });

  test('can be checked without purging: its domains, an unknown id, a wrong credential', async () => {
    const right = await purgeAt(subject, { objects: [] });
    expect(right.checked).toMatchObject({ found: { warnings: [] } });
    const unknown = await purgeAt(subject, { objects: [], id: subject.id.replace(/.$/, '0') });
    expect(unknown.checked).toMatchObject({ thrown: { status: 404 } });
    expect([...right.purges, ...unknown.purges]).toEqual([]);
    if (subject.name === 'cloudfront') return;
    const wrong = await purgeAt(subject, { objects: [], secret: 'a-token-that-nobody-knows' });
    expect(wrong.checked).toMatchObject({ thrown: { status: 401 } });
  });
});

const [cloudfront, digitalocean, cloudflare] = subjects as [Subject, Subject, Subject];

describe('CloudFront', () => {
  test('is asked until it says that every edge is done, where that is wanted', async () => {
    const slow = { ...cloudfront, start: (plot: CdnPlot) => startCloudFront({ ...plot, slow: 3 }) };
    expect(await purgeAt(slow, { wait: true })).toMatchObject({ state: 'done', elapsed: 30_000, complaints: [] });
    expect(await purgeAt(slow)).toMatchObject({ state: 'sent', elapsed: 0 });
  });

  test('that is not done in time is said to be under way', async () => {
    const slow = { ...cloudfront, start: (plot: CdnPlot) => startCloudFront({ ...plot, slow: 10_000 }) };
    const run = await purgeAt(slow, { wait: true });
    expect(run.state).toBe('waiting');
    expect(run.elapsed).toBeLessThan(600_000);
  });

  test('gets the release and the paths as its reference, so that the same request again is the same', async () => {
    const emulator = await startCloudFront();
    const io = hostIO({ http, machine: fakeMachine(), clock: fakeClock(), signal: never });
    const given = {
      id: cloudfrontId,
      token: undefined,
      apiUrl: emulator.origin,
      release: '5ad1c8f0d0d1-42.1',
      origins: [],
    };
    const keys = { accessKeyId: cloudfrontKeys.id, secretAccessKey: cloudfrontKeys.secret };
    const cdn = await createCdn('cloudfront', { ...given, keys });
    const first = await cdn.send({ paths: ['/a.css'], folders: false }, io);
    expect(await cdn.send({ paths: ['/a.css'], folders: false }, io)).toBe(first);
    // Another step of the same run, with other files.
    expect(await cdn.send({ paths: ['/b.css'], folders: false }, io)).not.toBe(first);
    await emulator.stop();
    expect(emulator.requests[0]?.body).toContain('<CallerReference>5ad1c8f0d0d1-42.1-');
    expect(emulator.purges).toEqual([['/a.css'], ['/b.css']]);
  });

  test('takes paths as it wants them: unsafe characters encoded, no others, and no tilde', async () => {
    const objects = stale('a b.css', 'ä@2x.png', 'a+b,c(1).js', 'old~/x.css', 'tmp/y~.css');
    const run = await purgeAt(cloudfront, { objects });
    expect(run).toMatchObject({ error: undefined, complaints: [] });
    expect(run.purges.flat().sort()).toEqual(
      ['/static/%C3%A4@2x.png', '/static/*', '/static/a%20b.css', '/static/a+b,c(1).js', '/static/tmp/*'].sort(),
    );
  });

  test('waits where too many are in progress, which it says with 400', async () => {
    const busy = {
      status: 400,
      body: '<ErrorResponse><Error><Code>TooManyInvalidationsInProgress</Code><Message>Too many</Message></Error></ErrorResponse>',
    };
    expect(await purgeAt(cloudfront, { refuse: [busy, busy] })).toMatchObject({ state: 'sent', complaints: [] });
  });

  test('goes by the path of the address, which can differ from the key', async () => {
    const objects = [{ key: 'static/app.css', url: 'https://cdn.example.com/assets/app.css' }];
    expect((await purgeAt(cloudfront, { objects })).purges).toEqual([['/assets/app.css']]);
    const unknown = [{ key: 'static/app.css', url: undefined }];
    expect((await purgeAt(cloudfront, { objects: unknown })).purges).toEqual([['/static/app.css']]);
  });

  test('tells its domains', async () => {
    const { checked } = await purgeAt(cloudfront, { objects: [] });
    expect(checked).toMatchObject({
      found: { domains: ['d111111abcdef8.cloudfront.net', 'cdn.example.com', 'files.example.com'] },
    });
  });
});

describe('the Spaces CDN', () => {
  test('is asked again where the same purge is under way', async () => {
    const run = await purgeAt(digitalocean, { refuse: [digitalocean.error(409, 'a purge is under way')] });
    expect(run).toMatchObject({ state: 'sent', complaints: [] });
  });

  test('gets keys of the bucket, whatever the address is', async () => {
    const objects = [{ key: 'static/ä b.css', url: 'https://cdn.example.com/assets/x.css' }];
    expect((await purgeAt(digitalocean, { objects })).purges).toEqual([['static/ä b.css']]);
  });
});

describe('Cloudflare', () => {
  test('purges what pages of another origin ask for with their Origin, too', async () => {
    const emulator = await startCloudflare();
    const io = hostIO({ http, machine: fakeMachine(), clock: fakeClock(), signal: never });
    const token = new Secret(cloudflareToken);
    const origins = ['https://www.example.com'];
    const given = { id: cloudflareZone, token, keys: undefined, apiUrl: emulator.origin, release: 'r', origins };
    const cdn = await createCdn('cloudflare', given);
    const { requests } = cdn.plan(many(40, () => ''));
    for (const request of requests) await cdn.send(request, io);
    await emulator.stop();
    expect(emulator.complaints).toEqual([]);
    expect(emulator.purges.map((paths) => paths.length)).toEqual([30, 30, 20]);
    expect(emulator.purges[0]?.slice(0, 2)).toEqual([
      'https://cdn.example.com/static/file-0.css',
      'https://cdn.example.com/static/file-0.css for https://www.example.com',
    ]);
  });

  test('sends thirty addresses at once, which every plan takes', async () => {
    const run = await purgeAt(cloudflare, { objects: many(65, () => '') });
    expect(run.purges.map((paths) => paths.length)).toEqual([30, 30, 5]);
  });

  test('names what has no address, and purges the rest', async () => {
    const run = await purgeAt(cloudflare, { objects: [...stale('app.css'), { key: 'media/a.png', url: undefined }] });
    expect(run.plan.unknown).toEqual(['media/a.png']);
    expect(run.purges).toEqual([['https://cdn.example.com/static/app.css']]);
  });

  test('is right with a token that may only purge', async () => {
    const only = { ...cloudflare, start: (plot: CdnPlot) => startCloudflare({ ...plot, onlyPurges: true }) };
    expect((await purgeAt(only, { objects: [] })).checked).toEqual({ found: { domains: [], warnings: [] } });
  });
});
