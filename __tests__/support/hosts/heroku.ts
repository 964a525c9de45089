import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { judgeOf } from './judged.ts';
import { type HostPlot, stages, uuids } from './states.ts';

export const herokuToken = 'HRKU-token-of-the-emulator';
export const herokuApp = 'acme-harbour';
export const herokuPipeline = '9b4e2c8a-27d4-4a27-8f2b-3a1f0f5f2f11';

export interface Build {
  readonly id: string;
  readonly commit: string;
  readonly createdAt: string;
  /** `pending`, `failed` …, and with `release` before it once it is built. */
  state: string;
  release?: Release;
}
interface Release {
  readonly id: string;
  readonly version: number;
  readonly slug: string;
  readonly createdAt: string;
  state: string;
  current: boolean;
}
export interface EmulatedApp {
  readonly id: string;
  readonly name: string;
  readonly variables: Record<string, string | null>;
  /** The newest first. */
  readonly builds: Build[];
  readonly releases: Release[];
}
interface ReviewApp {
  readonly id: string;
  readonly number: number;
  readonly app: EmulatedApp;
  state: string;
}

export interface HerokuOptions extends HostPlot {
  readonly refuse?: EmulatorReply;
  readonly maintenance?: boolean;
  readonly webDynos?: number;
}

export interface Heroku extends Emulator {
  readonly app: EmulatedApp;
  readonly reviewApps: readonly ReviewApp[];
  /** The commit that production serves. */
  served(): string | undefined;
  readonly complaints: readonly string[];
}

const judged = judgeOf('heroku');
const user = { email: 'deploy@example.com', id: '01234567-89ab-cdef-0123-456789abcdef' };
const notFound: EmulatorReply = { status: 404, body: { id: 'not_found', message: "Couldn't find that app." } };
const ended = ['failed', 'succeeded', 'release failed', 'release expired', 'canceled'];
const buildOutput = '-----> Building on the Heroku-24 stack\n !     Push rejected, failed to compile Python app.\n';
const cancelOutput = '-----> Building on the Heroku-24 stack\n !     Build canceled.\n';
const releaseOutput = 'Running migrations:\ndjango.db.utils.ProgrammingError: relation exists\n';

/** Heroku's API with state, as far as the action uses it, held against Heroku's own schema. */
export async function startHeroku(options: HerokuOptions = {}): Promise<Heroku> {
  const judge = await judged;
  const { now = Date.now } = options;
  const next = stages(options.states ?? ['pending', 'release pending', 'succeeded']);
  const nextId = uuids('01234567');
  const slugs = new Map<string, string>();
  const complaints: string[] = [];
  const reviewApps: ReviewApp[] = [];
  const blobs = new Set<string>();
  let origin = '';
  const time = () => new Date(now()).toISOString();
  const newApp = (id: string, name: string): EmulatedApp => ({ id, name, variables: {}, builds: [], releases: [] });
  const app = newApp('8a7b6c5d-0000-4000-8000-000000000001', herokuApp);

  function release(of: EmulatedApp, slug: string, state: string): Release {
    const made = { id: nextId(), version: of.releases.length + 1, slug, createdAt: time(), state, current: false };
    of.releases.unshift(made);
    return made;
  }

  function putLive(of: EmulatedApp, made: Release): void {
    for (const other of of.releases) other.current = false;
    Object.assign(made, { state: 'succeeded', current: true });
  }

  function begin(of: EmulatedApp, commit: string): Build {
    const build = { id: nextId(), commit: options.otherCommit ?? commit, createdAt: time(), state: 'pending' };
    of.builds.unshift(build);
    return build;
  }

  /** A build goes on with each look at it; its release with the same look. */
  function look(of: EmulatedApp, build: Build): Build {
    if (ended.includes(build.state)) return build;
    const word = next(build);
    build.state = word;
    const isBuilt = word === 'succeeded' || word === 'superseded' || word.startsWith('release ');
    if (isBuilt && !build.release) {
      const slug = nextId();
      slugs.set(slug, build.commit);
      build.release = release(of, slug, 'pending');
    }
    if (!build.release) return build;
    if (word.startsWith('release ')) build.release.state = word.slice('release '.length);
    if (word === 'succeeded') putLive(of, build.release);
    if (word === 'superseded') {
      build.release.state = 'succeeded';
      const slug = nextId();
      slugs.set(slug, 'e'.repeat(40));
      putLive(of, release(of, slug, 'pending'));
      build.state = 'succeeded';
    }
    return build;
  }

  const describeBuild = (of: EmulatedApp, { id, commit, createdAt, state, release: made }: Build) => ({
    id,
    app: { id: of.id },
    buildpacks: null,
    created_at: createdAt,
    updated_at: createdAt,
    output_stream_url: `${origin}/output/${state === 'failed' && cancelled.has(id) ? 'cancel' : 'build'}?X-Amz-Signature=signed-secret-of-the-log`,
    source_blob: { url: `${origin}/source/1`, version: commit, checksum: null, version_description: null },
    release: made ? { id: made.id } : null,
    slug: made ? { id: made.slug } : null,
    stack: 'heroku-24',
    status: made ? 'succeeded' : state,
    user,
  });
  const cancelled = new Set<string>();

  const describeRelease = (of: EmulatedApp, { id, version, slug, createdAt, state, current }: Release) => ({
    addon_plan_names: [],
    artifacts: [],
    app: { id: of.id, name: of.name },
    created_at: createdAt,
    updated_at: createdAt,
    description: 'Deploy',
    id,
    slug: { id: slug },
    status: state,
    user,
    version,
    current,
    eligible_for_rollback: true,
    output_stream_url: `${origin}/output/release?X-Amz-Signature=signed-secret-of-the-log`,
  });

  const describeReview = ({ id, number, app: own, state }: ReviewApp) => ({
    id,
    app: state === 'created' ? { id: own.id } : null,
    app_setup: null,
    branch: 'feature/buoys',
    created_at: time(),
    updated_at: time(),
    creator: user,
    wait_for_ci: false,
    error_status: null,
    fork_repo: null,
    message: null,
    pipeline: { id: herokuPipeline },
    pr_number: number,
    status: state,
  });

  function describeApp({ id, name }: EmulatedApp) {
    const stack = { id: '01234567-89ab-cdef-0123-456789abcdef', name: 'heroku-24' };
    return {
      acm: true,
      archived_at: null,
      buildpack_provided_description: 'Python',
      build_stack: stack,
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
      released_at: null,
      git_url: `https://git.heroku.com/${name}.git`,
      id,
      internal_routing: null,
      maintenance: options.maintenance ?? false,
      name,
      organization: null,
      team: null,
      owner: user,
      region: { id: stack.id, name: 'eu' },
      repo_size: null,
      slug_size: 120_000_000,
      space: null,
      stack,
      web_url: `https://${name}-1a2b3c4d5e6f.herokuapp.com/`,
    };
  }

  const describeDomain = (of: EmulatedApp) => (hostname: string) => ({
    acm_status: null,
    acm_status_reason: null,
    app: { id: of.id, name: of.name },
    cname: null,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    hostname,
    id: '01234567-89ab-cdef-0123-456789abcdef',
    kind: 'custom',
    status: 'succeeded',
    sni_endpoint: null,
  });

  const describeFormation = (of: EmulatedApp) => ({
    app: { id: of.id, name: of.name },
    command: 'gunicorn config.wsgi',
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    dyno_size: { id: '01234567-89ab-cdef-0123-456789abcdef', name: 'Basic' },
    id: '01234567-89ab-cdef-0123-456789abcdef',
    quantity: options.webDynos ?? 1,
    size: 'Basic',
    type: 'web',
  });

  function answerApp(of: EmulatedApp, rest: string, { method, body }: EmulatorRequest): EmulatorReply {
    const [, kind, id] = /^\/(builds|releases|slugs)\/([\w-]+)$/.exec(rest) ?? [];
    const build = kind === 'builds' ? of.builds.find((one) => one.id === id) : undefined;
    if (build && method === 'GET') return { status: 200, body: describeBuild(of, look(of, build)) };
    if (build && method === 'DELETE') {
      cancelled.add(build.id);
      build.state = 'failed';
      return { status: 200, body: describeBuild(of, build) };
    }
    const made = kind === 'releases' ? of.releases.find((one) => one.id === id) : undefined;
    if (made) {
      // A rollback has no build by which it would go on.
      if (made.state === 'pending' && !of.builds.some((one) => one.release === made)) {
        const word = next(made);
        if (word === 'succeeded') putLive(of, made);
      }
      return { status: 200, body: describeRelease(of, made) };
    }
    if (kind === 'slugs') return { status: 200, body: describeSlug(id ?? '') };
    switch (`${method} ${rest}`) {
      case 'GET ':
        return { status: 200, body: describeApp(of) };
      case 'GET /domains':
        return {
          status: 200,
          body: ['acme-harbour-1a2b3c4d5e6f.herokuapp.com', 'www.harbour.example'].map(describeDomain(of)),
        };
      case 'GET /formation':
        return { status: 200, body: [describeFormation(of)] };
      case 'PATCH /config-vars':
        Object.assign(of.variables, JSON.parse(body));
        return { status: 200, body: of.variables };
      case 'GET /builds':
        return { status: 206, body: of.builds.map((one) => describeBuild(of, one)).reverse() };
      case 'POST /builds': {
        const { source_blob: source } = JSON.parse(body) as { source_blob: { url: string; version: string } };
        if (!blobs.has(source.url)) complaints.push('a build is asked for before its source is there');
        const begun = describeBuild(of, begin(of, source.version));
        return { status: 201, body: options.hidesId ? undefined : begun };
      }
      case 'GET /releases':
        return { status: 206, body: of.releases.map((one) => describeRelease(of, one)) };
      case 'POST /releases': {
        const target = of.releases.find((one) => one.id === (JSON.parse(body) as { release: string }).release);
        return target ? { status: 201, body: describeRelease(of, release(of, target.slug, 'pending')) } : notFound;
      }
      default:
        return notFound;
    }
  }

  const describeSlug = (id: string) => ({
    blob: { method: 'GET', url: `${origin}/slug` },
    buildpack_provided_description: null,
    checksum: null,
    commit: slugs.get(id) ?? null,
    commit_description: null,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    id,
    process_types: { web: 'gunicorn config.wsgi' },
    size: 120_000_000,
    stack: { id: '01234567-89ab-cdef-0123-456789abcdef', name: 'heroku-24' },
  });

  function answerReviews({ method, body }: EmulatorRequest, id: string): EmulatorReply {
    if (method === 'POST') {
      const { pr_number: number, source_blob: source } = JSON.parse(body) as {
        pr_number: number;
        source_blob: { url: string; version: string };
      };
      if (!blobs.has(source.url)) complaints.push('a review app is asked for before its source is there');
      const own = newApp(nextId(), `${herokuApp}-pr-${number}`);
      begin(own, source.version);
      const made = { id: nextId(), number, app: own, state: 'pending' };
      reviewApps.push(made);
      return { status: 201, body: describeReview(made) };
    }
    const at = reviewApps.findIndex((one) => one.id === id);
    const [gone] = at < 0 ? [] : reviewApps.splice(at, 1);
    return gone ? { status: 200, body: describeReview({ ...gone, state: 'deleting' }) } : notFound;
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    const { pathname } = new URL(request.path, origin);
    const { authorization, accept } = request.headers;
    if (authorization !== `Bearer ${herokuToken}`)
      return { status: 401, body: { id: 'unauthorized', message: 'Invalid credentials provided.' } };
    // https://devcenter.heroku.com/articles/platform-api-reference#clients
    if (accept !== 'application/vnd.heroku+json; version=3')
      complaints.push(`${pathname} is asked for without the version`);
    if (pathname === '/sources') {
      const put = `${origin}/source/${blobs.size + 1}`;
      return { status: 201, body: { source_blob: { get_url: put, put_url: put } } };
    }
    if (pathname.startsWith('/review-apps')) return answerReviews(request, pathname.split('/')[2] ?? '');
    if (pathname === `/pipelines/${herokuPipeline}/review-apps`) {
      const listed = reviewApps.map((one) => describeReview(one));
      for (const one of reviewApps) one.state = 'created';
      return { status: 200, body: listed };
    }
    const [, id = '', rest = ''] = /^\/apps\/([\w-]+)(.*)$/.exec(pathname) ?? [];
    const found = [app, ...reviewApps.map((one) => one.app)].find((one) => one.id === id || one.name === id);
    return found ? answerApp(found, rest, request) : notFound;
  }

  function answerFiles({ path, method, headers }: EmulatorRequest): EmulatorReply {
    if (headers.authorization) complaints.push(`the token is sent to ${path}`);
    if (path.startsWith('/source/')) {
      // The address is signed for a PUT without a type: https://devcenter.heroku.com/articles/build-and-release-using-the-api
      if (method !== 'PUT' || headers['content-type']) complaints.push('the source is not put as the signature says');
      if (Number(headers['content-length']) > 0) blobs.add(`${origin}${path}`);
      return { status: 200 };
    }
    const text =
      { cancel: cancelOutput, release: releaseOutput }[/^\/output\/(\w+)/.exec(path)?.[1] ?? ''] ?? buildOutput;
    return { status: 200, body: text };
  }

  const emulator = await startEmulator((request) => {
    if (options.refuse) return options.refuse;
    if (/^\/(source|output)\//.test(request.path)) return answerFiles(request);
    const reply = answer(request);
    complaints.push(...judge(request, reply));
    return reply;
  });
  origin = emulator.origin;
  const served = () => slugs.get(app.releases.find(({ current }) => current)?.slug ?? '');
  return Object.assign(emulator, { app, reviewApps, served, complaints });
}
