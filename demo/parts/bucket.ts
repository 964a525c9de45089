import { freePort } from './ports.ts';
import { ensureVenv } from './python.ts';
import { startServer } from './server.ts';

/** moto is an S3 server from PyPI with real ACLs and anonymous reads; it checks no signatures unless it is told to. */
const requirements = ['moto[s3]==5.2.5', 'flask==3.1.2', 'flask-cors==6.0.1'];

export interface BucketServer {
  readonly endpoint: string;
  createBucket(name: string): Promise<void>;
  stop(): Promise<void>;
}

export interface BucketServerOptions {
  /** Number of requests after which signatures and rights are checked; never where absent. */
  readonly checkAuthAfter?: number;
  /** Pages of other origins get what the bucket's CORS rules give them; without it everything. */
  readonly enforcesCors?: boolean;
}

/** moto's server without what lets every origin in, so that its buckets' own rules are left. */
const withoutCors = 'import flask_cors; flask_cors.CORS = lambda *_, **__: None; from moto.server import main; main()';

/** Starts an S3 server on loopback that forgets everything at its end. */
export async function startBucketServer(options: BucketServerOptions = {}): Promise<BucketServer> {
  const venv = await ensureVenv(requirements);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const { checkAuthAfter, enforcesCors = false } = options;
  const auth = checkAuthAfter === undefined ? {} : { INITIAL_NO_AUTH_ACTION_COUNT: String(checkAuthAfter) };
  const program = enforcesCors ? ['-c', withoutCors] : ['-m', 'moto.server'];
  const server = await startServer(venv.python, [...program, '-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, ...auth },
    readyUrl: `${endpoint}/moto-api/`,
  });
  return {
    endpoint,
    async createBucket(name) {
      const response = await fetch(`${endpoint}/${name}`, { method: 'PUT' });
      if (!response.ok) throw new Error(`moto did not make the bucket ${name}: ${response.status}`);
    },
    stop: () => server.stop(),
  };
}
