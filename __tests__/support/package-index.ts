import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureVenv } from '../../demo/parts/python.ts';
import { serveHttp } from './server.ts';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '..', '..', '.cache', 'wheels');

/** A private index of packages on loopback, as companies have one: nobody reads a page or a file without the password. */
export interface PackageIndex {
  /** Address of the index, without credentials. */
  readonly url: string;
  readonly user: string;
  /** A word that may stand in no log. */
  readonly password: string;
  /** The address with user and password in it. */
  readonly secretUrl: string;
  /** Names of the files that were given out since the last time that it was asked. */
  taken(): string[];
  stop(): Promise<void>;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** The files of these packages with all that they need, downloaded once and kept in .cache. */
async function download(requirements: readonly string[], key: string): Promise<string> {
  const folder = join(cache, key);
  if (await exists(folder)) return folder;
  const { python } = await ensureVenv(['pip']);
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  await run(python, ['-m', 'pip', 'download', '--quiet', '--only-binary', ':all:', '--dest', partial, ...requirements]);
  // Another file of tests may have been as fast.
  await rename(partial, folder).catch(() => rm(partial, { recursive: true, force: true }));
  return folder;
}

/** The name that an index knows a package by: `Foo.Bar_baz` is `foo-bar-baz`. */
const projectOf = (file: string) => (file.split('-')[0] ?? '').toLowerCase().replace(/[-_.]+/g, '-');

/** Starts an index that holds these packages, and the files of a folder. */
export async function startPackageIndex(requirements: readonly string[], own?: string): Promise<PackageIndex> {
  const key = createHash('sha256').update(requirements.join('\n')).digest('hex').slice(0, 16);
  const folders = [...(requirements.length > 0 ? [await download(requirements, key)] : []), ...(own ? [own] : [])];
  const files = new Map<string, Buffer>();
  for (const folder of folders) {
    for (const name of await readdir(folder)) files.set(name, await readFile(join(folder, name)));
  }
  const user = 'reader';
  const password = 'canary-of-the-index';
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  let taken: string[] = [];
  const server = await serveHttp((request, response) => {
    if (request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="packages"' }).end();
      return;
    }
    const [, top, name = ''] = decodeURIComponent(request.url ?? '').split('/');
    const file = top === 'files' ? files.get(name) : undefined;
    if (file) {
      taken.push(name);
      // A file never changes, which indexes say, and by which installers keep what they built.
      const headers = { 'cache-control': 'max-age=31536000, immutable', 'content-length': file.length };
      response.writeHead(200, { 'content-type': 'application/octet-stream', ...headers }).end(file);
      return;
    }
    const links = [...files].filter(([path]) => top === 'simple' && projectOf(path) === name);
    const page = links.map(([path, bytes]) => {
      const hash = createHash('sha256').update(bytes).digest('hex');
      return `<a href="/files/${path}#sha256=${hash}">${path}</a><br>`;
    });
    response.writeHead(links.length > 0 ? 200 : 404, { 'content-type': 'text/html' });
    response.end(`<!DOCTYPE html><html><body>${page.join('\n')}</body></html>`);
  });
  return {
    url: `${server.origin}/simple/`,
    user,
    password,
    secretUrl: `${server.origin.replace('//', `//${user}:${password}@`)}/simple/`,
    taken() {
      const names = taken;
      taken = [];
      return names;
    },
    stop: server.stop,
  };
}
