import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ActionResult, removeRuns, runAction } from './parts/action.ts';
import { commitAll, git } from './parts/git.ts';
import { createLogView } from './parts/log-view.ts';
import { cannotServe, startPlace } from './parts/place.ts';
import { plainMarkdown } from './parts/plain-markdown.ts';
import { show } from './parts/show.ts';
import { aborted, stopSignal } from './parts/stop-signal.ts';
import { withPostgres } from './parts/with-postgres.ts';

/**
 * The whole way on one machine: a sample project, an S3 server, a host that serves the app, and the action as the runner
 * runs it. `--keep` leaves it up; `--break` shows what a deploy looks like that never gets live; `--postgres` has the action migrate
 * a real PostgreSQL, where one is installed.
 */
function readFlags() {
  try {
    return parseArgs({
      options: { keep: { type: 'boolean' }, break: { type: 'boolean' }, postgres: { type: 'boolean' } },
    }).values;
  } catch {
    show('npm run demo -- [--keep] [--break] [--postgres]: README.md, "Try it", says what each does.');
    process.exit(2);
  }
}
const flags = readFlags();

const secretKey = 'demo-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ';

function title(text: string): void {
  show(`\n\u001b[1m━━ ${text}\u001b[0m`);
}

async function showHeaders(page: string): Promise<void> {
  const html = await (await fetch(page)).text();
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1] ?? '';
  const css = await (await fetch(style)).text();
  const font = /url\("([^"]+\.woff2)"/.exec(css)?.[1] ?? '';
  const image = /<img src="([^"]+)"/.exec(html)?.[1] ?? '';
  const cover = /<img class="cover" src="([^"]+)"/.exec(html)?.[1] ?? '';
  for (const asset of [style, new URL(font, style).href, image, cover]) {
    const { status, headers } = await fetch(asset, { headers: { origin: new URL(page).origin } });
    show(`  ${status}  ${asset}`);
    for (const name of ['content-type', 'cache-control', 'access-control-allow-origin'])
      show(`       ${name}: ${headers.get(name)}`);
  }
}

const lack = cannotServe(process.platform);
if (lack !== undefined) {
  show(lack);
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'deploy-django-demo-'));
const workspace = join(folder, 'checkout');

title('A sample project, an S3 server and a host that serves the app, all on this machine');
show('  The first time, the packages of all three are downloaded.');
await cp(join(import.meta.dirname, 'project'), workspace, { recursive: true });
await git(workspace, 'init', '--quiet', '--initial-branch', 'main');
const database = flags.postgres ? await withPostgres(workspace) : undefined;
const first = await commitAll(workspace, 'First');
const requirements = (await readFile(join(workspace, 'requirements.txt'), 'utf8')).trim().split('\n');
const place = await startPlace('harbour-notes', {
  folder: join(folder, 'host'),
  requirements,
  wsgi: 'config.wsgi',
  broken: flags.break ?? false,
  env: () => ({
    ...env,
    DATABASE_PATH: join(folder, 'database.sqlite3'),
    ...(database ? { DATABASE_URL: database.url } : {}),
  }),
});
const env = { SECRET_KEY: secretKey, STATIC_URL: place.urlOf('static'), MEDIA_URL: place.urlOf('media') };
const { host } = place;
show(`  project  ${workspace}\n  bucket   ${place.endpoint}\n  host     ${host.url} (503 until the first release)`);

const deploy = (sha: string, number: string, timeout: string): Promise<ActionResult> =>
  runAction({
    workspace,
    sha,
    env: { GITHUB_RUN_NUMBER: number },
    onOutput: createLogView(show, 'stages').write,
    inputs: {
      ...place.bucketInputs,
      ...place.hostInputs,
      'media-dir': 'auto',
      timeout,
      ...database?.inputs,
      env: Object.entries(env)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    },
  });

function report({ outputs, exitCode }: ActionResult): void {
  show(
    `  status: ${outputs.status}   uploaded: ${outputs.uploaded}   unchanged: ${outputs.unchanged}   exit code: ${exitCode}`,
  );
}

title('First deploy');
const one = await deploy(first, '1', '3m');
report(one);

title('The page’s files, as the bucket serves them');
if (one.outputs.status === 'live') await showHeaders(`${host.url}/`);

title(`Second deploy: one CSS file changed${database ? ', and one migration' : ''}`);
await appendFile(join(workspace, 'journal/static/journal/css/site.css'), '\nh2 {\n  margin-bottom: 0;\n}\n');
await database?.addField();
const second = await commitAll(workspace, 'Tighten the headings');
const two = await deploy(second, '2', flags.break ? '20s' : '3m');
report(two);

if (database) show(`  columns of journal_entry: ${await database.columns()}`);

title('The job summary of the second deploy, as GitHub shows it on the page of the run');
for (const line of plainMarkdown(two.summary)) show(`  ${line}`);
show('');

const wanted = flags.break ? ['live', 'failed'] : ['live', 'live'];
const got = [one.outputs.status, two.outputs.status];
const fine = wanted.every((status, index) => status === got[index]);
if (host.failure()) show(`  The host said: ${host.failure()}`);
if (flags.break)
  show('  The host took the second deploy and went on serving the first: that is what a failed proof looks like.');
if (fine && !flags.break) {
  show(`  status: ${two.outputs.status}   ${two.outputs.url}`);
  show('  Your own project, in the same way: npm run -s try -- ../my-project --live');
}
show(
  flags.keep
    ? '  Everything stays up until Ctrl+C.'
    : '  The site was up for the time of this demo, and is stopped now. It stays up with: npm run demo -- --keep',
);
if (flags.keep) {
  await aborted(stopSignal());
  show('  All of it is stopped.');
}
await place.stop();
await database?.stop();
await removeRuns();
await rm(folder, { recursive: true, force: true });
process.exitCode = fine ? 0 : 1;
