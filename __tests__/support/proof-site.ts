import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { bucketSettings, type Project, startProject } from './django-project.ts';
import { md5 } from './md5.ts';
import { renderService, renderToken } from './render.ts';
import { type LoopbackServer, serveHttp } from './server.ts';

/** Small sites for the tests of the proof, and the project whose release they show. */
export const script = 'document.title = "1";\n';
export const style = 'p { color: red }\n';
export const app = `app.${md5(script).slice(0, 12)}.js`;
export const sheet = `sheet.${md5(style).slice(0, 12)}.css`;
/** The script as a release before had it. */
export const older = 'app.111111111111.js';

/** A project that collects the script and the style sheet, into a bucket or for the app itself. */
export async function startProofProject(): Promise<{ project: Project; sha: string }> {
  const project = await startProject();
  await project.append('site1/settings.py', bucketSettings('/static/'));
  await project.append('site1/settings.py', '\nSTATIC_URL = os.environ.get("STATIC_URL", "/static/")\n');
  await project.write('pages/static/app.js', script);
  await project.write('pages/static/sheet.css', style);
  return { project, sha: await project.commit('First') };
}

export type Handler = (request: IncomingMessage, response: ServerResponse, state: { deployed: boolean }) => void;

export const send = (response: ServerResponse, status: number, body = '', headers: Record<string, string> = {}) =>
  void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
export const css = { 'content-type': 'text/css' };
const js = { 'content-type': 'text/javascript' };

export const links = (...tags: string[]) =>
  `<!doctype html><html><head>${tags.join('')}</head><body><p>Hello</p></body></html>`;
export const scriptTag = (name = app) => `<script src="/static/${name}"></script>`;
export const styleTag = `<link rel="stylesheet" href="/static/${sheet}">`;

/** A site that also takes the deploy hook; it serves the files of the release itself unless the handler does. */
export async function startSite(handler: Handler): Promise<LoopbackServer> {
  const state = { deployed: false };
  return serveHttp((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/hook')) {
      state.deployed = true;
      return send(response, 200, '{}');
    }
    handler(request, response, state);
    if (response.writableEnded) return;
    if (path === `/static/${app}`) return send(response, 200, script, js);
    if (path === `/static/${sheet}`) return send(response, 200, style, css);
    send(response, 404);
  });
}

export const pageIs =
  (body: (deployed: boolean) => string, headers: Record<string, string> = {}): Handler =>
  ({ url }, response, { deployed }) => {
    if (url === '/') send(response, 200, body(deployed), headers);
  };

/** Deploys to a site without a bucket: the app serves its own files. */
export const deployTo = (
  {
    project,
    sha,
    env,
  }: { readonly project: Project; readonly sha: string; readonly env?: Readonly<Record<string, string>> },
  origin: string,
  inputs: Record<string, string> = {},
  signal?: AbortSignal,
  crash?: AbortSignal,
): Promise<ActionResult> =>
  runAction({
    workspace: project.folder,
    sha,
    env: { ...project.path, ...env },
    ...(signal ? { signal } : {}),
    ...(crash ? { crash } : {}),
    inputs: {
      install: 'none',
      'deploy-hook': `${origin}/hook?key=a-key-of-the-hook`,
      url: origin,
      timeout: '40s',
      ...inputs,
    },
  });

/** The inputs of a deploy to the emulated Render. */
export const renderInputs = (api: string) => ({
  'deploy-hook': '',
  host: 'render',
  service: renderService,
  'host-token': renderToken,
  'host-options': `api-url: ${api}`,
});

export const statusOf = ({ outputs, exitCode }: ActionResult) => [outputs.status, exitCode];
