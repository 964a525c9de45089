import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Host } from '../../src/hosts/contract/host.ts';
import { freePort } from '../support/sshd.ts';
import { type Server, startServer } from './support/server.ts';

const one = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const two = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';
const three = '77aa31c4a2f5d8890c1b2a3f4e5d6c7b8a99aaaa';

/** A whole Django project in one module, with a database that outlives releases. */
const site = (sha: string) => `
import os, sys
from pathlib import Path
from django.conf import settings
BASE_DIR = Path(__file__).resolve().parent
settings.configure(
    SECRET_KEY=os.environ["SECRET_KEY"], ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "data" / "db.sqlite3"}},
)
import django
django.setup()
from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse(f"${sha} {User.objects.count()}"))]
application = get_wsgi_application()
if __name__ == "__main__":
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
`;

const files = (sha: string) => ({
  'requirements.txt': 'Django==5.2.8\ngunicorn==23.0.0\n',
  'site1.py': site(sha),
  // What systemd does elsewhere: end what runs, and start it from the folder that the link leads to.
  'restart.sh': `
if [ -f ../../gunicorn.pid ]; then
  kill "$(cat ../../gunicorn.pid)" 2> /dev/null
  while kill -0 "$(cat ../../gunicorn.pid)" 2> /dev/null; do sleep 0.1; done
  rm -f ../../gunicorn.pid
fi
[ "$1" != start ] || gunicorn --daemon --workers 1 --pid ../../gunicorn.pid --bind "127.0.0.1:$2" site1:application
`,
});

let server: Server;
let port: number;
let host: Host;

beforeAll(async () => {
  server = await startServer();
  port = await freePort();
  host = server.host({
    migrate: ['python site1.py migrate --noinput'],
    reload: [`sh restart.sh start ${port}`],
    health: [`python -c "import urllib.request as r; r.urlopen('http://127.0.0.1:${port}/')"`],
    'health-tries': ['10'],
    shared: ['data'],
  });
});
// Not after all tests: temporary folders, and the file with the process's id in one of them, are gone by then.
afterEach(async () => {
  const pid = Number(await server.read('gunicorn.pid').catch(() => '0'));
  if (pid > 0) process.kill(pid);
});
afterAll(async () => {
  await server.stop();
  await rm(server.root, { recursive: true, force: true });
});

const page = async () => (await fetch(`http://127.0.0.1:${port}/`)).text();
const variables = { SECRET_KEY: 'of-the-server "quoted"' };

test('a Django project goes live with its own dependencies, a broken one never does, and the one before comes back', async () => {
  const first = await server.release(host, await server.request(one, files(one), { variables }));
  expect([first.status, first.log]).toEqual([
    { phase: 'live', commit: one },
    expect.stringContaining('Applying auth.'),
  ]);
  expect(await page()).toBe(`${one} 0`);

  const second = await server.release(host, await server.request(two, files(two)));
  expect([second.status, second.log]).toEqual([{ phase: 'live', commit: two }, expect.stringContaining('==> health')]);
  expect(await page()).toBe(`${two} 0`);

  // It cannot be imported, so that migrate already fails.
  const broken = { ...files(three), 'site1.py': 'import nothing_like_it' };
  const third = await server.release(host, await server.request(three, broken));
  expect(third.status).toEqual({ phase: 'failed', reason: 'migrate failed: exit status 1' });
  expect(third.log).toContain("No module named 'nothing_like_it'");
  expect(await page()).toBe(`${two} 0`);

  // It starts, and its page fails.
  const sick = { ...files(three), 'site1.py': site(three).replace('User.objects.count()', '1 / 0') };
  const fourth = await server.release(host, await server.request(three, sick));
  expect(fourth.status).toMatchObject({
    phase: 'failed',
    reason: expect.stringMatching(/^health failed after the switch: .*; the previous release is back$/),
  });
  expect(await page()).toBe(`${two} 0`);

  const back = host.rollback?.(undefined);
  if (!back) throw new Error('no rollback');
  expect((await server.release(back, await server.request(three))).status).toEqual({ phase: 'live', commit: one });
  expect(await page()).toBe(`${one} 0`);
  expect(server.list('releases')).toHaveLength(2);
});
