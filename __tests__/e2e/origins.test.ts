import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import {
  CreateBucketCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { startBrowser } from '../../demo/parts/browser.ts';
import { startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { ensureVenv } from '../../demo/parts/python.ts';
import { type Reach, started } from '../contract/support/servers.ts';
import { git } from '../support/project.ts';

/**
 * The sample project on another origin than its bucket, whose server follows CORS rules and policies: Ceph if it is there, else
 * moto. A real browser says whether the font loads.
 */
const bucket = `origins-${crypto.randomUUID().slice(0, 8)}`;
const theirs = { ID: 'theirs', AllowedOrigins: ['https://admin.example.com'], AllowedMethods: ['PUT'] };
let reach: Pick<Reach, 'endpoint' | 'credentials'>;
let stopServer = async (): Promise<void> => undefined;
let client: S3Client;
let host: LocalHost;
let browser: Browser;
let folder: string;
let workspace: string;
let env: Record<string, string>;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-django-origins-'));
  workspace = join(folder, 'checkout');
  await cp(join(import.meta.dirname, '..', '..', 'demo', 'project'), workspace, { recursive: true });
  git(workspace, 'init', '--quiet', '--initial-branch', 'main');
  git(workspace, 'add', '--all');
  git(workspace, 'commit', '--quiet', '--message', 'First');
  if (started.ceph) reach = started.ceph;
  else {
    const moto = await startBucketServer({ enforcesCors: true });
    reach = { endpoint: moto.endpoint, credentials: { accessKeyId: 'test-key', secretAccessKey: 'test-secret' } };
    stopServer = () => moto.stop();
  }
  client = new S3Client({
    ...reach,
    region: 'us-east-1',
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [theirs] } }));
  env = {
    SECRET_KEY: 'only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz',
    STATIC_URL: `${reach.endpoint}/${bucket}/static/`,
    MEDIA_URL: `${reach.endpoint}/${bucket}/media/`,
  };
  const requirements = (await readFile(join(workspace, 'requirements.txt'), 'utf8')).trim().split('\n');
  path = [dirname((await ensureVenv(requirements)).python), process.env.PATH].join(delimiter);
  const own = { ...env, DATABASE_PATH: join(folder, 'site.sqlite3') };
  host = await startLocalHost({ folder, requirements, wsgi: 'config.wsgi', env: () => own, drain: 200 });
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await host.stop();
  client.destroy();
  await stopServer();
  await rm(folder, { recursive: true });
});

const deploy = (inputs: Record<string, string>): Promise<ActionResult> =>
  runAction({
    workspace,
    sha: git(workspace, 'rev-parse', 'HEAD'),
    env: { PATH: path },
    inputs: {
      install: 'none',
      bucket,
      endpoint: reach.endpoint,
      'access-key-id': reach.credentials.accessKeyId,
      'secret-access-key': reach.credentials.secretAccessKey,
      'deploy-hook': host.hook,
      'host-options': 'body: {"artifact": "{artifact-path}"}',
      url: host.url,
      env: Object.entries(env)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
      ...inputs,
    },
  });

const rules = async () => (await client.send(new GetBucketCorsCommand({ Bucket: bucket }))).CORSRules ?? [];

/** Whether the page's font is there, and what the browser complains of. */
async function look(): Promise<{ font: boolean; complaints: string }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => void complaints.push(message.text()));
  await page.goto(host.url, { waitUntil: 'networkidle' });
  const loaded = await page.evaluate(
    `[...document.fonts].some((font) => font.family.includes('Harbour') && font.status === 'loaded')`,
  );
  await page.close();
  return { font: loaded === true, complaints: complaints.join('\n') };
}

describe('a bucket that lets nobody in', () => {
  test('keeps a release back that nobody could read, with the policy to copy', async () => {
    const { exitCode, log, outputs } = await deploy({});
    expect([exitCode, outputs.status, host.released()]).toEqual([1, 'failed', 0]);
    expect(log).toContain('FILES_UNREADABLE');
    expect(log).toContain(`"Resource": "arn:aws:s3:::${bucket}/static/*"`);
    expect(log).toContain('apply-policy: true');
  });

  test('is opened for static files with apply-policy; without allowed-origins a warning and then the proof name the font, and a browser lacks it', async () => {
    const { exitCode, log } = await deploy({ 'apply-policy': 'true', timeout: '40s' });
    expect([exitCode, host.released()]).toEqual([1, 1]);
    expect(log).toMatch(/[✓!] Readable: .* can be read, since the bucket policy opens its prefix/);
    expect(log).toMatch(/::warning::Pages at \S+ cannot use the fonts and modules/);
    expect(log).toContain('ASSETS_BROKEN');
    expect(log).toMatch(/lora-latin-400-normal\.[0-9a-f]{12}\.woff2 has no Access-Control-Allow-Origin/);
    expect(log).toContain('Set allowed-origins: auto');
    const { font, complaints } = await look();
    expect(font).toBe(false);
    expect(complaints).toMatch(/lora-latin-400-normal.*has been blocked by CORS policy/);
  });

  test('says by a dry run what it would do, and does nothing', async () => {
    const { exitCode, log } = await deploy({ 'dry-run': 'true', 'allowed-origins': 'auto', 'apply-policy': 'true' });
    expect(exitCode).toBe(0);
    expect(log).toContain(`✓ Origins: ${bucket} would let ${host.url} in`);
    expect(log).toContain('this would be added to the bucket policy');
    expect(await rules()).toEqual([theirs]);
  });

  test('lets the site use its font with "allowed-origins: auto", beside the rule of others, and the browser has it', async () => {
    // What is live already has nothing new to show.
    await appendFile(join(workspace, 'journal/static/journal/css/site.css'), '\n/* Second */\n');
    git(workspace, 'commit', '--quiet', '--all', '--message', 'Second');
    const { exitCode, log, outputs, summary } = await deploy({
      'allowed-origins': 'auto',
      'media-dir': 'auto',
      'media-acl': 'private',
    });
    expect([exitCode, outputs.status]).toEqual([0, 'live']);
    expect(log).toContain(`✓ Origins: ${bucket} lets ${host.url} in now, as a file shows`);
    expect(await rules()).toMatchObject([theirs, { AllowedOrigins: [host.url], AllowedMethods: ['GET', 'HEAD'] }]);
    expect(summary).toContain(
      '| Access | Static files: anybody can read them. Media: nobody can without a signature |',
    );
    const { font, complaints } = await look();
    expect([font, complaints]).toEqual([true, expect.not.stringContaining('font')]);
  });

  test('is not written to again, and "command: check" has nothing to fix', async () => {
    const { exitCode, log } = await deploy({
      command: 'check',
      'allowed-origins': 'auto',
      'media-dir': 'auto',
      'media-acl': 'private',
    });
    expect(log).toContain(`✓ Origins: ${bucket} lets ${host.url} in (`);
    expect(log).toMatch(/✓ Media: nobody can read media\/\S+ without a signature/);
    expect(exitCode).toBe(0);
  });

  test('whose policy opens private media keeps the release back, and the statement is named', async () => {
    const open = {
      Sid: 'Everything',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${bucket}/*`,
    };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [open] });
    await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
    const before = host.released();
    const { exitCode, log } = await deploy({ 'media-dir': 'auto', 'media-acl': 'private', 'allowed-origins': 'auto' });
    expect([exitCode, host.released() - before]).toEqual([1, 0]);
    expect(log).toContain('FILES_PUBLIC');
    expect(log).toContain('narrow the Resource of "Everything"');
  });
});
