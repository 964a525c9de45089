import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Project } from '../support/django-project.ts';
import {
  app,
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
  styleTag,
} from '../support/proof-site.ts';
import { startRender } from '../support/render.ts';
import type { LoopbackServer } from '../support/server.ts';

/** Rows of the table of docs/proof.md: marks of the commit, pages that are none, files that are refused. */
let release: { readonly project: Project; readonly sha: string };
const open: LoopbackServer[] = [];
const other = 'f'.repeat(40);

beforeAll(async () => {
  release = await startProofProject();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});
afterAll(() => release.project.remove());

async function site(handler: Handler): Promise<LoopbackServer> {
  const one = await startSite(handler);
  open.push(one);
  return one;
}

describe('the commit', () => {
  test('in a header is live where only Python code changed, and no file is new', async () => {
    const one = await site(({ url }, response, { deployed }) => {
      const headers = { 'x-release': deployed ? release.sha : other };
      if (url === '/') send(response, 200, links(scriptTag(), styleTag), headers);
    });
    const result = await deployTo(release, one.origin);
    expect(statusOf(result)).toEqual(['live', 0]);
    expect(result.log).toContain('✓ Proof: commit');
  });

  test('in a meta tag is live', async () => {
    const tag = (commit: string) => `<meta name="release" content="${commit}">`;
    const one = await site(pageIs((deployed) => links(tag(deployed ? release.sha : other))));
    expect(statusOf(await deployTo(release, one.origin))).toEqual(['live', 0]);
  });

  test('nowhere, and no new file, is triggered', async () => {
    const one = await site(pageIs(() => links(scriptTag(), styleTag)));
    expect(statusOf(await deployTo(release, one.origin))).toEqual(['triggered', 0]);
  });
});

describe('a host that says live', () => {
  test('counts for its own address, where the page shows nothing of another release', async () => {
    const one = await site(pageIs(() => links(scriptTag(), styleTag)));
    const render = await startRender({ url: one.origin, script: ['live'] });
    const result = await deployTo(release, one.origin, renderInputs(render.origin));
    await render.stop();
    expect(statusOf(result)).toEqual(['live', 0]);
    expect(result.log).toContain('✓ Proof: host');
  });

  test('does not count where the page names another commit', async () => {
    const one = await site(pageIs(() => links(scriptTag(), styleTag), { 'x-release': other }));
    const render = await startRender({ url: one.origin, script: ['live'] });
    const result = await deployTo(release, one.origin, { ...renderInputs(render.origin), timeout: '15s' });
    await render.stop();
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.summary).toContain('NOT\\_PROVEN');
  });
});

/** What the site answers with once it was deployed; before that it shows the release before. */
const after =
  (answer: Handler): Handler =>
  (request, response, state) => {
    if (request.url?.startsWith('/static/')) return;
    if (state.deployed) answer(request, response, state);
    else if (request.url === '/') send(response, 200, links(scriptTag(older)));
  };

const status =
  (code: number, body = ''): Handler =>
  (_, response) =>
    send(response, code, body);

describe('is not proven, and the error says why', () => {
  test.each<[string, Handler, string]>([
    ['an unknown host name', status(400), 'DisallowedHost'],
    ['a page that asks for a login', status(401), 'it answers 401: the page asks who you are'],
    ['a page that nobody may see', status(403), 'it answers 403: the page asks who you are'],
    ['a page that is not there', status(404), 'it answers 404: there is no such page'],
    ['an app that fails', status(500, 'Missing staticfiles manifest entry for "a.css"'), 'entry for "a.css"'],
    ['an app that is not up', status(502), 'it answers 502: the host is there and the app behind it is not'],
    [
      'redirects in a circle',
      ({ url }, response) => send(response, 302, '', { location: url === '/' ? '/en/' : '/' }),
      'it redirects in a circle',
    ],
    [
      'an old page that a cache holds',
      (_, response) => send(response, 200, links(scriptTag(older)), { age: '120' }),
      'Age: 120',
    ],
    ['an old instance that goes on', (_, response) => send(response, 200, links(scriptTag(older))), older],
  ])('%s', async (_, answer, sentence) => {
    const one = await site(after(answer));
    const result = await deployTo(release, one.origin, { timeout: '12s' });
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.summary).toContain('NOT\\_PROVEN');
    expect(result.log).toContain(sentence);
  });
});

describe('files of the release', () => {
  test.each<[string, Handler, RegExp]>([
    ['are refused', status(403), /answers 403/],
    ['are not there', status(404), /answers 404/],
    [
      'have a type that browsers refuse',
      (_, response) => send(response, 200, 'p { color: red }\n', { 'content-type': 'text/plain' }),
      /text\/plain/,
    ],
  ])('%s', async (_, answer, message) => {
    const one = await site((request, response, state) => {
      if (request.url === '/') {
        send(response, 200, links(scriptTag(state.deployed ? app : older), state.deployed ? styleTag : ''));
      }
      if (request.url === `/static/${sheet}`) answer(request, response, state);
    });
    const result = await deployTo(release, one.origin);
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.summary).toContain('ASSETS\\_BROKEN');
    expect(result.log).toMatch(message);
  });

  test('on another origin without CORS', async () => {
    const files = await site(() => undefined);
    const tag = `<script type="module" src="${files.origin}/static/${app}"></script>`;
    const one = await site(pageIs((deployed) => links(deployed ? tag : scriptTag(older))));
    const result = await deployTo(release, one.origin, { env: `STATIC_URL=${files.origin}/static/` });
    expect(statusOf(result)).toEqual(['failed', 1]);
    expect(result.log).toContain('has no Access-Control-Allow-Origin');
  });
});

test('an http file on an https page fails the release', async () => {
  const tls = join(import.meta.dirname, '..', 'fixtures', 'tls');
  const certificate = join(tls, 'localhost.crt');
  const tag = `<link rel="stylesheet" href="http://cdn.test/static/${sheet}">`;
  const one = await site(pageIs((deployed) => links(scriptTag(deployed ? app : older), deployed ? tag : '')));
  const keys = { key: readFileSync(join(tls, 'localhost.key')), cert: readFileSync(certificate) };
  const secure = createTlsServer(keys, (request, response) => one.server.emit('request', request, response));
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(secure.address() as AddressInfo).port}`;
  const trusting = { ...release, env: { NODE_EXTRA_CA_CERTS: certificate } };
  const result = await deployTo(trusting, origin, { checks: 'off', env: 'STATIC_URL=http://cdn.test/static/' });
  secure.closeAllConnections();
  await new Promise((resolve) => secure.close(resolve));
  expect(statusOf(result)).toEqual(['failed', 1]);
  expect(result.summary).toContain('ASSETS\\_BROKEN');
  expect(result.log).toContain('is http on an https page');
});

test('a file that loaded before the release and does not now fails it, whoever made it', async () => {
  const one = await site(({ url }, response, { deployed }) => {
    if (url === '/') send(response, 200, links(scriptTag(deployed ? app : older), '<img src="/media/logo.png">'));
    if (url === '/media/logo.png' && !deployed) send(response, 200, 'png', { 'content-type': 'image/png' });
  });
  const result = await deployTo(release, one.origin);
  expect(statusOf(result)).toEqual(['failed', 1]);
  expect(result.summary).toContain('ASSETS\\_BROKEN');
  expect(result.log).toContain('/media/logo.png answers 404');
});

test('a limit that lasts is a warning, and the release is live', async () => {
  const one = await site(({ url }, response, { deployed }) => {
    if (url === '/') send(response, 200, links(scriptTag(deployed ? app : older), '<img src="/media/a.png">'));
    if (url === '/media/a.png') send(response, 429, '', { 'retry-after': '1' });
  });
  const result = await deployTo(release, one.origin, { timeout: '60s' });
  expect(statusOf(result)).toEqual(['live', 0]);
  expect(result.log).toMatch(/::warning.*could not be looked at/);
});
