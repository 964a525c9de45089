import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type DatabaseServer, startPostgres } from '../support/databases.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { pushed } from '../support/github/events.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { serveTcp } from '../support/server.ts';
import { cluster, startFirewall } from '../support/trusted-sources/digitalocean.ts';
import { type SourceEmulator, sourceToken } from '../support/trusted-sources/source-emulator.ts';
import { type Job, type JobOptions, openWorkflow, type Workflow } from '../support/workflow.ts';

/** `migrate: run` through the firewall of a managed database: a real PostgreSQL, which the firewall alone lets in to. */
let postgres: DatabaseServer;
let firewall: SourceEmulator;
let ipService: Emulator;
let host: QuickHost;
let door: Awaited<ReturnType<typeof serveTcp>>;
let site: Workflow;
/** The rules of others. */
let others: unknown;
/** Connections that were not let in. */
let refused = 0;

const settings = `
import dj_database_url
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_ROOT = BASE_DIR / "staticfiles"
INSTALLED_APPS += ["notes"]
DATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}
`;
const migration = (number: number, operations: string) =>
  [
    'from django.db import migrations',
    'class Migration(migrations.Migration):',
    `    dependencies = [${number === 1 ? '' : `("notes", "000${number - 1}_step")`}]`,
    `    operations = [${operations}]`,
  ].join('\n');

const ours = async () => (await firewall.rules()).filter(({ label }) => label.startsWith('deploy-django-'));

beforeAll(async () => {
  const answer = () => ({ status: 200, body: '127.0.0.1\n' });
  [postgres, firewall, host, ipService] = await Promise.all([
    startPostgres(),
    startFirewall(),
    startQuickHost(),
    startEmulator(answer),
  ]);
  others = await firewall.rules();
  door = await serveTcp(async (socket) => {
    if (!(await firewall.rules()).some(({ network }) => network === '127.0.0.1')) {
      refused += 1;
      return void socket.destroy();
    }
    const behind = connect({ host: '127.0.0.1', port: postgres.port });
    for (const one of [socket, behind]) one.on('error', () => one.destroy());
    socket.pipe(behind).pipe(socket);
  });
  const url = postgres.url('postgres').replace(`:${postgres.port}/`, `:${door.port}/`);
  const { 'deploy-hook': hook = '' } = host.inputs;
  site = await openWorkflow({
    inputs: {
      host: 'hook',
      'deploy-hook': hook,
      'host-options': `body: {"ref": "{sha}"}\napi-url: ${firewall.origin}\nip-service: ${ipService.origin}`,
      timeout: '2m',
      migrate: 'run',
      'database-url': url,
      'trusted-source': `digitalocean:${cluster}`,
      'trusted-source-token': sourceToken,
    },
    settings,
    packages: ['psycopg[binary]', 'dj-database-url'],
  });
  await site.project.write('notes/__init__.py', '');
  await site.project.write('notes/migrations/__init__.py', '');
  await site.project.write('notes/migrations/0001_step.py', migration(1, ''));
});
afterAll(async () => {
  await Promise.all([site.close(), host.stop(), door.stop(), firewall.stop(), ipService.stop(), postgres.stop()]);
});
beforeEach(() => {
  firewall.before = () => undefined;
  refused = 0;
});

const deploy = async (what: string, options: JobOptions = {}): Promise<Job> =>
  site.run(pushed(await site.change(what)), options);

/** A run whose process is ended at once, when the firewall has let it in. */
async function killed(): Promise<Job> {
  const crash = new AbortController();
  firewall.before = async (request, answer) => {
    if (request.method !== 'PUT' || !request.body.includes('deploy-django-')) return undefined;
    const reply = await answer();
    crash.abort();
    return reply;
  };
  const job = await deploy('Killed', { crash: crash.signal });
  firewall.before = () => undefined;
  expect((await ours()).map(({ label }) => label)).toEqual([
    expect.stringMatching(new RegExp(`^deploy-django-1296269-${job.id}-1-`)),
  ]);
  return job;
}

const expectClean = async () => {
  expect(await firewall.rules()).toEqual(others);
  expect(firewall.complaints).toEqual([]);
};

test('a failing migration releases nothing, and leaves the rules as they were', async () => {
  const asked = host.asked.length;
  const { project } = site;
  await project.write(
    'notes/migrations/0002_step.py',
    migration(2, 'migrations.RunSQL("UPDATE no_such_table SET a = 1")'),
  );
  const job = await deploy('Failing');
  await project.git('rm', '--quiet', 'notes/migrations/0002_step.py');
  expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
  expect(job.log).toContain('MIGRATION_FAILED');
  expect(host.asked).toHaveLength(asked);
  await expectClean();
});

test('the end of the job takes out the rule of a step that was killed', async () => {
  const job = await killed();
  const post = await job.post();
  expect(post.log).toContain('Took this runner out again at DigitalOcean.');
  expect(post.exitCode).toBe(0);
  await expectClean();
});

test('the next run takes out the rule of a job that was killed, and migrates behind the firewall', async () => {
  const job = await killed();
  site.github.state.runs.push({ id: job.id, status: 'completed', attempt: 1 });
  const next = await deploy('Next');
  expect(next.log).toContain('✓ Trusted source: DigitalOcean shows 5 rules; 127.0.0.1 is not let in yet');
  expect(next.log).toMatch(new RegExp(`Took out deploy-django-1296269-${job.id}-1-\\w+-\\d+ at DigitalOcean`));
  expect(next.log).toMatch(/✓ Migrate: \d+ migration/);
  expect(next.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(sourceToken);
  expect(next.outputs.status).toBe('triggered');
  expect(refused).toBe(0);
  await expectClean();
});

test('a rule that even the end of the job cannot take out is an error that says what to type', async () => {
  const job = await killed();
  firewall.before = ({ method }) => (method === 'PUT' ? { status: 403, body: { message: 'no' } } : undefined);
  const post = await job.post();
  expect(post.log).toContain('::error::DigitalOcean still lets this runner in by deploy-django-1296269-');
  expect(post.log).toContain(`doctl databases firewalls list ${cluster}`);
  expect(post.log).toContain('database:update');
});

test('a wrong token comes out before the build', async () => {
  const job = await deploy('Wrong', { inputs: { 'trusted-source-token': 'another-token-of-somebody' } });
  expect(job.log).toContain('TRUSTED_SOURCE_FAILED');
  expect(job.log).toContain('HTTP 401');
  expect(job.log).not.toContain('✓ Build');
});
