import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';

export const pythonanywhereToken = '0123456789abcdef0123456789abcdef01234567';
export const pythonanywhereDomain = 'harbour.pythonanywhere.com';
const folder = '/home/harbour/deploy';

export interface PythonanywhereOptions {
  readonly refuse?: EmulatorReply;
  /** What becomes of a release after the reload, one for each look at its state. */
  readonly script?: readonly ('loading' | 'loaded' | 'fails' | 'replaced')[];
  readonly otherCommit?: string;
  readonly supersededBy?: string;
  readonly wsgi?: string;
  /** The domain does not point to PythonAnywhere. */
  readonly withoutCname?: boolean;
}

export interface PythonanywhereEmulator extends Emulator {
  readonly files: Map<string, string>;
  /** Commits that were uploaded, the newest first. */
  readonly asked: readonly string[];
  served(): string | undefined;
  readonly complaints: readonly string[];
}

interface Entry {
  readonly release: string;
  readonly sha: string;
  readonly rollback?: boolean;
}

/**
 * PythonAnywhere's API with state: files, the web app and its reload. Its rules are those of
 * https://help.pythonanywhere.com/pages/API and of the package pythonanywhere-core. The web app is one that loads releases.
 */
export async function startPythonanywhere(options: PythonanywhereOptions = {}): Promise<PythonanywhereEmulator> {
  const { script = ['loading', 'loading', 'loaded'] } = options;
  const files = new Map<string, string>();
  const asked: string[] = [];
  const complaints: string[] = [];
  let pending: ('loading' | 'loaded' | 'fails' | 'replaced')[] = [];
  files.set(
    `/var/www/${pythonanywhereDomain.replaceAll('.', '_')}_wsgi.py`,
    options.wsgi ?? 'FOLDER / "releases.json"',
  );
  files.set(`/var/log/${pythonanywhereDomain}.error.log`, 'ModuleNotFoundError: No module named "harbour"\n');

  const list = () => JSON.parse(files.get(`${folder}/releases.json`) ?? '[]') as Entry[];
  const write = (state: object) => files.set(`${folder}/state.json`, JSON.stringify(state));

  /** The web app goes on whenever somebody looks at its state. */
  function look(): void {
    const [first] = list();
    const step = pending.length > 1 ? pending.shift() : pending[0];
    if (!first || !step || step === 'loading') return;
    if (step === 'fails') write({ release: first.release, error: "ModuleNotFoundError: No module named 'harbour'" });
    if (step === 'loaded') write({ release: first.release, error: null });
    if (step === 'replaced')
      files.set(
        `${folder}/releases.json`,
        JSON.stringify([{ release: 'x-9.1', sha: options.supersededBy }, ...list()]),
      );
  }

  function upload(path: string, { headers, body }: EmulatorRequest): EmulatorReply {
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
    const content = new RegExp(
      `name="content"; filename="[^"]+"\r\n[^\r]+\r\n\r\n([\\s\\S]*)\r\n--${boundary}--\r\n$`,
    ).exec(body)?.[1];
    if (content === undefined) {
      complaints.push('the upload has no part called content');
      return { status: 400, body: { detail: 'no content' } };
    }
    const status = files.has(path) ? 200 : 201;
    files.set(path, content);
    if (path === `${folder}/releases.json`) {
      const [first] = list();
      if (first && !first.rollback) asked.unshift(first.sha);
      if (first && options.otherCommit)
        files.set(path, JSON.stringify([{ ...first, sha: options.otherCommit }, ...list().slice(1)]));
    }
    return { status };
  }

  function reload(): EmulatorReply {
    const [first] = list();
    if (first && !files.has(`${folder}/${first.release}.tar.gz`)) complaints.push(`${first.release} was not uploaded`);
    pending = [...script];
    return options.withoutCname
      ? { status: 409, body: { error: 'cname_error' } }
      : { status: 200, body: { status: 'OK' } };
  }

  function answerFile(path: string, request: EmulatorRequest): EmulatorReply {
    if (request.method === 'POST') return upload(path, request);
    const found = files.get(path);
    if (found === undefined) return { status: 404, body: { detail: 'Not found.' } };
    if (request.method === 'GET') {
      if (path.endsWith('/state.json')) look();
      return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: files.get(path) ?? '' };
    }
    files.delete(path);
    return { status: 204 };
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    if (request.headers.authorization !== `Token ${pythonanywhereToken}`)
      return { status: 401, body: { detail: 'Invalid token.' } };
    const root = '/api/v0/user/harbour';
    if (!request.path.startsWith(root)) return { status: 404, body: { detail: 'Not found.' } };
    const rest = request.path.slice(root.length);
    if (rest.startsWith('/files/path/')) {
      const path = rest.slice('/files/path'.length);
      // The state is there as soon as the web app has written one.
      if (path.endsWith('/state.json') && !files.has(path) && pending.length > 0) look();
      return answerFile(path, request);
    }
    if (rest === `/webapps/${pythonanywhereDomain}/`)
      return { status: 200, body: { id: 1, domain_name: pythonanywhereDomain, force_https: true } };
    if (rest === `/webapps/${pythonanywhereDomain}/reload/` && request.method === 'POST') return reload();
    return { status: 404, body: { detail: 'Not found.' } };
  }

  const emulator = await startEmulator((request) => options.refuse ?? answer(request));
  return Object.assign(emulator, {
    files,
    asked,
    complaints,
    served() {
      const state = JSON.parse(files.get(`${folder}/state.json`) ?? '{}') as { release?: string };
      return list().find(({ release }) => release === state.release)?.sha;
    },
  });
}
