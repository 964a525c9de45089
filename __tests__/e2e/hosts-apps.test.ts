import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { coolifyApp, coolifyToken, startCoolify } from '../support/hosts/coolify.ts';
import { digitalOceanApp, digitalOceanToken, startDigitalOcean } from '../support/hosts/digitalocean.ts';
import { herokuApp, herokuToken, startHeroku } from '../support/hosts/heroku.ts';
import { koyebService, koyebToken, startKoyeb } from '../support/hosts/koyeb.ts';

/** Hosts that take the pushed commit or the artifact, through the bundle. */
let project: Project;
let page: Emulator;
let sha: string;

beforeAll(async () => {
  project = await startProject();
  const settings = ['STATIC_ROOT = BASE_DIR / "staticfiles"', 'ALLOWED_HOSTS = ["127.0.0.1"]'];
  await project.append('site1/settings.py', `${settings.join('\n')}\n`);
  sha = await project.commit('First');
  page = await startEmulator(() => ({ status: 200, headers: { 'x-release': sha }, body: '<h1>Welcome</h1>' }));
});
afterAll(async () => {
  await page.stop();
  await project.remove();
});

interface AppHost {
  readonly host: string;
  readonly service: string;
  readonly token: string;
  /** States of a deploy that goes well, and of one whose build fails. */
  readonly live: readonly string[];
  readonly failed: readonly string[];
  start(states: readonly string[]): Promise<Emulator & { readonly complaints: readonly string[] }>;
}

const appHosts: AppHost[] = [
  {
    host: 'digitalocean',
    service: digitalOceanApp,
    token: digitalOceanToken,
    live: ['BUILDING', 'ACTIVE'],
    failed: ['ERROR build'],
    start: (states) => startDigitalOcean({ states, heads: new Map([['main', sha]]) }),
  },
  {
    host: 'heroku',
    service: herokuApp,
    token: herokuToken,
    live: ['pending', 'succeeded'],
    failed: ['failed'],
    start: (states) => startHeroku({ states }),
  },
  {
    host: 'koyeb',
    service: koyebService,
    token: koyebToken,
    live: ['PROVISIONING', 'HEALTHY'],
    failed: ['ERROR build'],
    start: (states) => startKoyeb({ states }),
  },
  {
    host: 'coolify',
    service: coolifyApp,
    token: coolifyToken,
    live: ['in_progress', 'finished'],
    failed: ['failed build'],
    start: (states) => startCoolify({ states, heads: new Map([[0, sha]]) }),
  },
];

const deploy = ({ host, service, token }: AppHost, origin: string): Promise<ActionResult> =>
  runAction({
    workspace: project.folder,
    sha,
    env: project.path,
    inputs: {
      install: 'none',
      host,
      service,
      'host-token': token,
      'host-options': `api-url: ${origin}\nproof-header: X-Release`,
      'host-env': 'GREETING=welcome-aboard',
      url: page.origin,
      timeout: '60s',
    },
  });

describe.each(appHosts)('a deploy to $host', (one) => {
  test('goes live with its variables set, and shows no credential', async () => {
    const emulator = await one.start(one.live);
    const { log, outputs } = await deploy(one, emulator.origin);
    await emulator.stop();
    expect(outputs).toMatchObject({ status: 'live', 'host-deployment-id': expect.any(String) });
    expect(emulator.complaints).toEqual([]);
    expect(emulator.requests.some(({ body }) => body.includes('welcome-aboard'))).toBe(true);
    expect(log.replace(/^::add-mask::.*$/gm, '')).not.toContain(one.token);
    // Only Heroku builds from the artifact.
    expect(log.includes('Added to the artifact for Heroku: .python-version (3.')).toBe(one.host === 'heroku');
    expect(log.includes('with this line: web: gunicorn site1.wsgi:application')).toBe(one.host === 'heroku');
  });

  test('whose build fails ends with the reason and the last lines', async () => {
    const emulator = await one.start(one.failed);
    const { log, exitCode } = await deploy(one, emulator.origin);
    await emulator.stop();
    expect(exitCode).toBe(1);
    expect(log).toMatch(/the build (of web )?failed: /);
    expect(log.replace(/^::add-mask::.*$/gm, '')).not.toContain('signed-secret');
  });
});
