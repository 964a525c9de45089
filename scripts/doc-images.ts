import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { githubToken, repository, repositoryId, startGitHub } from '../__tests__/support/github/emulator.ts';
import { type Happening, pullRequest, pushed } from '../__tests__/support/github/events.ts';
import { pageOf, themes } from '../__tests__/support/markdown.ts';
import { type ActionResult, runAction } from '../demo/parts/action.ts';
import { startBrowser } from '../demo/parts/browser.ts';
import { startBucketServer } from '../demo/parts/bucket.ts';
import { startLocalHost } from '../demo/parts/host.ts';

/**
 * Draws docs/images: the comment on a pull request and the summary of its run, as GitHub shows them, light and dark. Both are what the
 * bundle really wrote: the sample project goes live, and then a pull request gets its preview. Only the addresses of this machine
 * are written as those of a site. Wants Chromium and the fonts Noto Sans and Noto Color Emoji.
 */
const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const images = join(root, 'docs', 'images');
const bucketName = 'harbour-notes';
const secretKey = 'demo-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ';

const folder = await mkdtemp(join(tmpdir(), 'deploy-django-images-'));
const workspace = join(folder, 'checkout');

async function commit(message: string): Promise<string> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: workspace })).stdout.trim();
  await git('add', '--all');
  await git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD');
}

await cp(join(root, 'demo', 'project'), workspace, { recursive: true });
await run('git', ['init', '--quiet', '--initial-branch', 'main'], { cwd: workspace });
const first = await commit('First');
const bucket = await startBucketServer();
await bucket.createBucket(bucketName);
const github = await startGitHub();
const previewPrefix = `previews/${repositoryId}/pr-7`;
const urlsOf = (preview: boolean) => {
  const base = `${bucket.endpoint}/${bucketName}${preview ? `/${previewPrefix}` : ''}`;
  return { STATIC_URL: `${base}/static/`, MEDIA_URL: `${base}/media/`, SECURE: '' };
};
const host = await startLocalHost({
  folder: join(folder, 'host'),
  requirements: (await readFile(join(workspace, 'requirements.txt'), 'utf8')).trim().split('\n'),
  wsgi: 'config.wsgi',
  env: (url) => ({
    ALLOWED_HOSTS: new URL(url).hostname,
    SECRET_KEY: secretKey,
    DATABASE_PATH: join(folder, `${new URL(url).hostname}.sqlite3`),
    ...urlsOf(!url.includes('127.0.0.1')),
  }),
});

const deploy = ({ event, payload, sha, env }: Happening, number: string): Promise<ActionResult> =>
  runAction({
    workspace,
    sha,
    event,
    payload,
    token: githubToken,
    env: {
      GITHUB_REPOSITORY: repository,
      GITHUB_REPOSITORY_ID: repositoryId,
      GITHUB_API_URL: github.api,
      GITHUB_RUN_ID: `100${number}`,
      GITHUB_RUN_NUMBER: number,
      ...env,
    },
    inputs: {
      bucket: bucketName,
      endpoint: bucket.endpoint,
      'access-key-id': 'demo-key',
      'secret-access-key': 'demo-secret',
      acl: 'public-read',
      'media-dir': 'auto',
      'deploy-hook': host.hook,
      'host-options': [
        'body: {"artifact": "{artifact-path}", "pr": "{pr}"}',
        `preview-hook: ${host.previewHook}`,
        `teardown-hook: ${host.teardownHook}`,
        `preview-url: ${host.previewUrl}`,
      ].join('\n'),
      url: host.url,
      timeout: '4m',
      env: [
        `SECRET_KEY=${secretKey}`,
        ...Object.entries(urlsOf(event === 'pull_request')).map(([name, value]) => `${name}=${value}`),
      ].join('\n'),
    },
  });

/** The same text with a site's addresses in place of this machine's. */
const published = (markdown: string): string =>
  markdown
    .replaceAll(host.previewUrl.replace('{pr}', '7'), 'https://pr-7.harbour-notes.example')
    .replaceAll(host.previewUrl.replace('{pr}', '7').replace('http://', ''), 'pr-7.harbour-notes.example')
    .replaceAll(`${bucket.endpoint}/${bucketName}`, 'https://harbour-notes.nyc3.digitaloceanspaces.com');

github.state.history.push(first);
const production = await deploy(pushed(first), '1');
await appendFile(join(workspace, 'journal/static/journal/css/site.css'), '\nh2 {\n  margin-bottom: 0;\n}\n');
const heads = [await commit('Tighten the headings')];
const pull = { number: 7, open: true, head: heads[0] ?? '' };
github.state.pulls.push(pull);
const opened = await deploy(pullRequest('opened', { number: 7, head: heads[0] ?? '', merge: heads[0] ?? '' }), '2');
await appendFile(join(workspace, 'journal/static/journal/css/site.css'), '\nh3 {\n  margin-bottom: 0;\n}\n');
heads.push(await commit('Tighten the smaller headings, too'));
const [, head = ''] = heads;
pull.head = head;
const preview = await deploy(pullRequest('synchronize', { number: 7, head, merge: head }), '3');
for (const { outputs, log } of [production, opened, preview])
  if (outputs.status !== 'live') throw new Error(`A run ended ${outputs.status}:\n${log}`);

const comment = (github.state.comments.at(-1)?.body ?? '').replace(/^<!--.*?-->\s*/gms, '');
const texts = { comment: published(comment), summary: published(preview.summary) };
await mkdir(images, { recursive: true });
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 860, height: 300 }, deviceScaleFactor: 1.5 });
for (const theme of themes) {
  for (const [name, markdown] of Object.entries(texts)) {
    await page.setContent(await pageOf(markdown, theme, name === 'comment'));
    await page.screenshot({ path: join(images, `${name}-${theme}.png`), fullPage: true });
  }
}
await browser.close();
await host.stop();
await bucket.stop();
await github.stop();
await rm(folder, { recursive: true, force: true });
console.log(`Drawn: ${images}`);
