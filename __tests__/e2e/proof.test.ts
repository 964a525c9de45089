import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActionResult } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import type { Project } from '../support/django-project.ts';
import {
  app,
  css,
  deployTo,
  type Handler,
  links,
  older,
  pageIs,
  renderInputs,
  scriptTag,
  send,
  sheet,
  startProofProject,
  startSite,
  statusOf,
  style,
  styleTag,
} from '../support/proof-site.ts';
import { startProxy } from '../support/proxy.ts';
import { renderService, startRender } from '../support/render.ts';
import { type LoopbackServer, serveHttp, serveTcp } from '../support/server.ts';

/** The table of docs/proof.md: what a site shows, and what the run says of it. Each site is a small server of its own. */
const bucket = 'proof';
let server: BucketServer;
let view: BucketView;
let release: { readonly project: Project; readonly sha: string };
const open: Pick<LoopbackServer, 'stop'>[] = [];

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket(bucket);
  view = await viewBucket(bucket, server.endpoint);
  release = await startProofProject();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});
afterAll(async () => {
  await server.stop();
  await release.project.remove();
});

async function site(handler: Handler): Promise<LoopbackServer> {
  const one = await startSite(handler);
  open.push(one);
  return one;
}

const deploy = (
  origin: string,
  inputs: Record<string, string> = {},
  signal?: AbortSignal,
  crash?: AbortSignal,
): Promise<ActionResult> => deployTo(release, origin, inputs, signal, crash);

/** Deploys to a bucket, below a prefix and an environment of this case alone. */
const deployBucket = (origin: string, name: string, inputs: Record<string, string> = {}) =>
  deploy(origin, {
    bucket,
    endpoint: server.endpoint,
    'access-key-id': 'test-key',
    'secret-access-key': 'test-secret',
    acl: 'public-read',
    environment: name,
    command: 'deploy',
    'static-prefix': `${name}/static`,
    env: `STATIC_URL=${server.endpoint}/${bucket}/${name}/static/`,
    ...inputs,
  });

describe('live', () => {
  test('a page with a file that it did not show before, over many connections and ten seconds', async () => {
    const ports = new Set<number | undefined>();
    const one = await site((request, response, { deployed }) => {
      if (request.url !== '/') return;
      if (deployed) ports.add(request.socket.remotePort);
      send(response, 200, links(scriptTag(deployed ? app : older)));
    });
    const result = await deploy(one.origin);
    expect(statusOf(result)).toEqual(['live', 0]);
    expect(result.log).toContain(`✓ Proof: asset: ${app}`);
    expect(ports.size).toBeGreaterThanOrEqual(15);
  });

  test('whatever else is broken that was broken before: an upload of a user, the icon (F1)', async () => {
    const broken = '<img src="/media/gone.jpg"><link rel="icon" href="/favicon.ico">';
    const one = await site(pageIs((deployed) => links(scriptTag(deployed ? app : older), broken)));
    const result = await deploy(one.origin);
    expect(statusOf(result)).toEqual(['live', 0]);
    expect(result.log).toMatch(/::warning.*gone\.jpg answers 404/);
  });

  test('data that is loaded ahead and asks for a login, and names with escapes (F4)', async () => {
    const asked: string[] = [];
    const ahead = '<link rel="preload" as="fetch" href="/api/me" crossorigin>';
    const escaped = '<style>p { background: url(/media/a\\(1\\).png) }</style>';
    const one = await site(({ url = '' }, response, { deployed }) => {
      asked.push(url);
      if (url === '/') send(response, 200, links(scriptTag(deployed ? app : older), ahead, escaped));
      if (url === '/api/me') send(response, 401);
      if (url === '/media/a(1).png') send(response, 200, 'png', { 'content-type': 'image/png' });
    });
    const result = await deploy(one.origin);
    expect(statusOf(result)).toEqual(['live', 0]);
    expect(asked).toContain('/media/a(1).png');
  });

  test('a site that limits how often it may be asked (F3)', async () => {
    const pictures = Array.from({ length: 80 }, (_, at) => `<img src="/media/${at}.png">`);
    let second = 0;
    let count = 0;
    const one = await site(({ url = '' }, response, { deployed }) => {
      if (url === '/') return send(response, 200, links(scriptTag(deployed ? app : older), ...pictures));
      if (!url.startsWith('/media/')) return;
      const now = Math.floor(Date.now() / 1000);
      if (now !== second) [second, count] = [now, 0];
      count += 1;
      if (count > 20) send(response, 429, '', { 'retry-after': '1' });
      else send(response, 200, 'png', { 'content-type': 'image/png' });
    });
    const result = await deploy(one.origin, { timeout: '90s' });
    expect(statusOf(result)).toEqual(['live', 0]);
    expect(result.log).not.toMatch(/::warning.*could not be looked at/);
  });

  test('a site and a hook behind basic authentication (F5)', async () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const seen: (string | undefined)[] = [];
    const other = await site(({ headers }, response) => {
      seen.push(headers.authorization);
      send(response, 200, 'x', { 'content-type': 'image/png' });
    });
    const one = await site((request, response, { deployed }) => {
      if (request.headers.authorization !== basic('visitor:pass word')) {
        return send(response, 401, '', { 'www-authenticate': 'Basic realm="staging"' });
      }
      if (request.url === '/') send(response, 200, links(scriptTag(deployed ? app : older), '<img src="/away.png">'));
      if (request.url === '/away.png') send(response, 302, '', { location: `${other.origin}/a.png` });
    });
    const hooks: (string | undefined)[] = [];
    const hook = await serveHttp((request, response) => {
      hooks.push(request.headers.authorization);
      // The site behind the password is told by its own hook.
      fetch(`${one.origin}/hook`).then(() => send(response, 200, '{}'));
    });
    open.push(hook);
    const result = await deploy(one.origin, {
      'deploy-hook': `http://robot:to%40ken@${hook.origin.slice('http://'.length)}/deploy`,
      'host-options': `proof-request-header: Authorization: ${basic('visitor:pass word')}`,
    });
    expect(statusOf(result)).toEqual(['live', 0]);
    expect(hooks).toEqual([basic('robot:to@ken')]);
    expect(new Set(seen)).toEqual(new Set([undefined]));
    expect(result.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(basic('visitor:pass word').slice(6));
    const without = await deploy(one.origin, { timeout: '12s' });
    expect(statusOf(without)).toEqual(['failed', 1]);
    expect(without.log).toContain('HTTP basic authentication stopped it');
  });
});

describe('never live', () => {
  const old = links(scriptTag(older));
  const fresh = links(scriptTag());

  test.each<[string, () => boolean]>([
    [
      'in strict turn',
      (() => {
        let turn = 0;
        return () => turn++ % 2 === 0;
      })(),
    ],
    ['at random', () => Math.random() < 0.5],
  ])('old and new side by side, each connection %s (P2)', async (_, isNew) => {
    const backend = await site((request, response, { deployed }) => {
      if (request.url === '/') send(response, 200, deployed && request.headers.host === 'new' ? fresh : old);
    });
    // A balancer of connections: all that goes over one is answered by one instance.
    const { createServer, request: ask } = await import('node:http');
    const balancer = createServer();
    const perSocket = new WeakMap<object, boolean>();
    balancer.on('connection', (socket) => perSocket.set(socket, isNew()));
    balancer.on('request', (incoming, outgoing) => {
      const host = perSocket.get(incoming.socket) ? 'new' : 'old';
      const options = {
        host: '127.0.0.1',
        port: backend.port,
        path: incoming.url,
        method: incoming.method,
        headers: { host },
      };
      incoming.pipe(
        ask(options, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
          answer.pipe(outgoing);
        }),
      );
    });
    const front = await serveTcp((socket) => balancer.emit('connection', socket));
    open.push(front);
    const result = await deploy(front.origin, { timeout: '25s' });
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.log).toMatch(/\d+ of \d+ answers did not show this release; old and new are served side by side/);
  });

  test('an old instance whose host says that the new one is live (P5)', async () => {
    const one = await site(({ url }, response) => {
      if (url === '/') send(response, 200, old);
      if (url === `/static/${older}`)
        send(response, 200, 'document.title = "0";\n', { 'content-type': 'text/javascript' });
    });
    const render = await startRender({ url: one.origin, script: ['live'] });
    const result = await deploy(one.origin, {
      ...renderInputs(render.origin),
      timeout: '20s',
    });
    await render.stop();
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.summary).toContain('NOT\\_PROVEN');
    expect(result.log).toContain(`seen:     it answers 200 with a page with ${older}`);
  });

  test('a run that was cancelled', async () => {
    const controller = new AbortController();
    const one = await site((request, response, { deployed }) => {
      if (request.url !== '/') return;
      if (deployed) setTimeout(() => controller.abort(), 500);
      send(response, 200, '{}', { 'content-type': 'application/json' });
    });
    const result = await deploy(one.origin, {}, controller.signal);
    expect(result.exitCode).toBe(1);
    expect(result.outputs.status).toBe('failed');
  });
});

describe('a first deploy to a host whose API fails when it is asked for the URL (F6)', () => {
  /** A site that Render serves, and inputs that lead to its API through somebody who may answer for it. */
  async function service(fails: (time: number, isReleased: boolean) => boolean) {
    const one = await site(pageIs(() => links(scriptTag())));
    const render = await startRender({ url: one.origin, script: ['live'] });
    let asked = 0;
    let isReleased = false;
    const proxy = await startProxy(render.origin, ({ method, url = '' }, response) => {
      isReleased ||= method === 'POST' && url.endsWith('/deploys');
      if (method !== 'GET' || !url.endsWith(`/services/${renderService}`)) return false;
      if (!fails(++asked, isReleased)) return false;
      send(response, 503);
      return true;
    });
    open.push({ stop: proxy.stop }, { stop: render.stop });
    return { url: '', ...renderInputs(proxy.endpoint) };
  }

  test('is asked again, and proven', async () => {
    // The first time is the check of the service.
    const result = await deploy('', await service((time) => time === 2 || time === 3));
    expect(statusOf(result)).toEqual(['live', 0]);
    expect(result.log).toMatch(/Render: .*503.*; attempt 1 of 5/);
  });

  test('is no success if it is cancelled at that moment', async () => {
    const cancel = new AbortController();
    const inputs = await service((time, isReleased) => {
      if (isReleased) cancel.abort();
      return time > 1;
    });
    const result = await deploy('', inputs, cancel.signal);
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.summary).toContain('CANCELLED');
  });
});

describe('triggered', () => {
  test('a first deploy that the host takes and never makes, to a page with the same files (P1)', async () => {
    const tag = `<script src="${server.endpoint}/${bucket}/first/static/${app}"></script>`;
    const one = await site(pageIs(() => links(tag)));
    const result = await deployBucket(one.origin, 'first');
    expect(statusOf(result)).toEqual(['triggered', 0]);
    expect(result.log).toContain('Triggered, not proven');
    expect(result.log).toContain('# site1/release.py');
    expect(result.log).not.toContain('RENDER_GIT_COMMIT');
  });

  test('an app that answers JSON, once its page settled and long before the timeout (F2)', async () => {
    const one = await site(pageIs(() => '{"items": []}', { 'content-type': 'application/json' }));
    const result = await deployBucket(one.origin, 'api', { timeout: '10m' });
    expect(statusOf(result)).toEqual(['triggered', 0]);
  });

  test('a parked domain that the host does not name, whatever the host says (P3)', async () => {
    const one = await site(pageIs(() => links('<title>This domain is for sale</title>')));
    const render = await startRender({ url: 'https://harbour.onrender.com', script: ['live'] });
    const result = await deploy(one.origin, renderInputs(render.origin));
    await render.stop();
    expect(statusOf(result)).toEqual(['triggered', 0]);
    expect(result.log).toContain(`but not that ${one.origin} leads there`);
  });
});

describe('broken', () => {
  const sri = `sha384-${createHash('sha384').update('another').digest('base64')}`;

  test.each<[string, string, Record<string, string>, Handler, RegExp]>([
    [
      'a style sheet with an HTML body',
      styleTag,
      {},
      ({ url }, response) => {
        if (url === `/static/${sheet}`) send(response, 200, '<!doctype html><h1>Error</h1>', css);
      },
      /holds an HTML page/,
    ],
    [
      'an empty style sheet',
      styleTag,
      {},
      ({ url }, response) => {
        if (url === `/static/${sheet}`) send(response, 200, '', css);
      },
      /is empty/,
    ],
    [
      'a style sheet that is cut off',
      styleTag,
      {},
      ({ url }, response) => {
        if (url === `/static/${sheet}`) send(response, 200, style.slice(0, 5), css);
      },
      /has other bytes \(5\)/,
    ],
    [
      'an integrity that does not fit',
      `<script src="/static/${app}" integrity="${sri}"></script>`,
      {},
      () => undefined,
      /is not what its integrity attribute says/,
    ],
    [
      'a policy that forbids it',
      styleTag,
      { 'content-security-policy': "style-src 'none'" },
      () => undefined,
      /Content-Security-Policy: "style-src 'none'"/,
    ],
    [
      'a module import that is missing',
      '<script type="module">import "/static/gone.js"</script>',
      {},
      () => undefined,
      /gone\.js answers 404/,
    ],
    [
      'a name that no import map has',
      '<script type="module">import "vue"</script>',
      {},
      () => undefined,
      /imports "vue"/,
    ],
    [
      'an import map to a file that is missing',
      '<script type="importmap">{"imports":{"vue":"/static/vue.js"}}</script><script type="module">import "vue"</script>',
      {},
      () => undefined,
      /vue\.js answers 404/,
    ],
    [
      'a style sheet that another one imports, two deep',
      '<style>@import "/static/one.css";</style>',
      {},
      ({ url }, response) => {
        if (url === '/static/one.css') send(response, 200, '@import "two.css";', css);
        if (url === '/static/two.css') send(response, 200, 'p { background: url(three.png) }', css);
      },
      /three\.png answers 404/,
    ],
  ])('%s (P4)', async (_, tag, headers, files, message) => {
    const one = await site((request, response, state) => {
      files(request, response, state);
      if (request.url === '/')
        send(response, 200, links(scriptTag(state.deployed ? app : older), state.deployed ? tag : ''), headers);
    });
    const result = await deploy(one.origin, { 'static-prefix': '' });
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.summary).toContain('ASSETS\\_BROKEN');
    expect(result.log).toMatch(message);
  });

  test('a file in the bucket that nobody may read', async () => {
    const at = `${server.endpoint}/${bucket}/closed/static/${app}`;
    const one = await site(pageIs((deployed) => (deployed ? links(`<script src="${at}"></script>`) : '')));
    const result = await deployBucket(one.origin, 'closed', { url: one.origin, acl: 'private' });
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.log).toMatch(/answers 40[13]/);
    expect(await view.keys(`closed/static/${app}`)).toHaveLength(1);
  });

  test('the 311th of 320 files', async () => {
    const pictures = Array.from({ length: 320 }, (_, at) => `<img src="/static/${at}.png">`);
    const one = await site(({ url = '' }, response, { deployed }) => {
      if (url === '/') send(response, 200, links(scriptTag(deployed ? app : older), ...(deployed ? pictures : [])));
      else if (/^\/static\/\d+\.png$/.test(url) && url !== '/static/310.png')
        send(response, 200, 'png', { 'content-type': 'image/png' });
    });
    const result = await deploy(one.origin);
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.log).toContain('/static/310.png answers 404');
  });
});

test.each<[string, string, string]>([
  ['page', '<div>'.repeat(800_000), ''],
  ['style sheet', '<link rel="stylesheet" href="/media/hostile.css">', 'url(a'.repeat(400_000)],
])('a hostile %s does not keep a signal from being heard (B2)', async (_, html, sheetText) => {
  const cancel = new AbortController();
  // The runner kills a step that goes on after a signal; it waits ten seconds, and a loaded machine may take longer.
  const kill = new AbortController();
  const one = await site(({ url }, response, { deployed }) => {
    if (url === '/media/hostile.css') send(response, 200, sheetText, css);
    if (url !== '/') return;
    const isRead = deployed && cancel.signal.aborted === false;
    if (isRead) setTimeout(() => cancel.abort(), 3_000);
    if (isRead) setTimeout(() => kill.abort(), 60_000).unref();
    send(response, 200, links(scriptTag(deployed ? app : older)) + html, deployed ? { 'x-release': release.sha } : {});
  });
  const result = await deploy(one.origin, { timeout: '5m' }, cancel.signal, kill.signal);
  expect(result.outputs.status).toBe('failed');
  expect(result.summary).toContain('CANCELLED');
});

test('who stopped the proof is named, and how to pass (S19)', async () => {
  const one = await site(pageIs(() => 'Just a moment...', { 'cf-mitigated': 'challenge', server: 'cloudflare' }));
  const result = await deploy(one.origin, { timeout: '12s' });
  expect(statusOf(result)).toEqual(['failed', 1]);
  expect(result.log).toContain("Cloudflare's bot check stopped it");
});
