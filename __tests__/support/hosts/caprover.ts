import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';

export const caproverPassword = 'password-of-the-dashboard';
export const caproverAppToken = 'token-of-the-app-0123456789';
export const caproverApp = 'harbour';

type Step = 'building' | 'done' | 'failed' | 'not started' | 'replaced';

export interface CaproverOptions {
  readonly refuse?: EmulatorReply;
  /** What becomes of a build, one for each look at it. */
  readonly script?: readonly Step[];
  readonly otherCommit?: string;
  readonly supersededBy?: string;
  /** Another app is built first, so that there is no version yet. */
  readonly queues?: boolean;
  /** The repository whose pushes call the app's webhook. */
  readonly repo?: string;
  readonly taken?: readonly string[];
  readonly twoFactors?: boolean;
}

interface Version {
  readonly version: number;
  readonly timeStamp: string;
  deployedImageName?: string;
  gitHash?: string;
}

interface App {
  appName: string;
  deployedVersion: number;
  description: string;
  hasDefaultSubDomainSsl: boolean;
  envVars: { key: string; value: string }[];
  versions: Version[];
  [name: string]: unknown;
}

interface Build {
  readonly gitHash: string;
  readonly image: string | undefined;
  script: Step[];
  /** Absent while the build waits for another app's. */
  version: number | undefined;
}

export interface CaproverEmulator extends Emulator {
  readonly apps: ReadonlyMap<string, App>;
  asked(app: string): string[];
  served(app: string): string | undefined;
  readonly complaints: readonly string[];
}

/** CapRover's API with state. Its rules are those of src/routes and src/user/ServiceManager.ts of caprover/caprover 1.14. */
export async function startCaprover(options: CaproverOptions = {}): Promise<CaproverEmulator> {
  const { script = ['building', 'building', 'done'] } = options;
  const apps = new Map<string, App>();
  const builds = new Map<string, Build>();
  const failed = new Set<string>();
  const logs = new Map<string, string[]>();
  const asked = new Map<string, string[]>();
  const complaints: string[] = [];
  const session = 'session-of-the-emulator';

  function addApp(appName: string, more: Partial<App> = {}): App {
    const app = {
      appName,
      projectId: '',
      deployedVersion: 0,
      description: '',
      hasDefaultSubDomainSsl: appName === caproverApp,
      containerHttpPort: 8000,
      captainDefinitionRelativeFilePath: './captain-definition',
      instanceCount: 1,
      websocketSupport: false,
      envVars: [],
      customDomain: [],
      versions: [{ version: 0, timeStamp: '', deployedImageName: 'placeholder', gitHash: '' }],
      appPushWebhook: options.repo ? { repoInfo: { repo: options.repo, branch: 'main' } } : undefined,
      ...more,
    };
    apps.set(appName, app);
    return app;
  }
  addApp(caproverApp, { envVars: [{ key: 'SECRET_KEY', value: 'of-production' }] });
  for (const name of options.taken ?? []) addApp(name);

  const start = (app: App, build: Build) => {
    build.version = Math.max(...app.versions.map(({ version }) => version)) + 1;
    app.versions.push({ version: build.version, timeStamp: new Date().toISOString() });
  };

  function finish(app: App, version: number, gitHash: string, image?: string): void {
    const entry = app.versions.find((one) => one.version === version);
    if (entry) Object.assign(entry, { gitHash, deployedImageName: image ?? `img-captain-${app.appName}:${version}` });
    app.deployedVersion = version;
  }

  /** A build goes on whenever somebody looks at it. */
  function look(app: App): void {
    const build = builds.get(app.appName);
    if (!build) return;
    if (build.version === undefined) {
      start(app, build);
      return;
    }
    const step = build.script.length > 1 ? build.script.shift() : build.script[0];
    if (step === 'building' || step === undefined) return;
    builds.delete(app.appName);
    if (step === 'failed') {
      failed.add(app.appName);
      logs.set(app.appName, [
        'Build started',
        '----------------------',
        'Deploy failed!',
        'pip: No matching distribution found for djnago',
      ]);
      return;
    }
    finish(app, build.version, options.otherCommit ?? build.gitHash, build.image);
    if (step === 'not started') {
      failed.add(app.appName);
      logs.set(app.appName, ['Deploy failed!', 'port is in use']);
    }
    if (step === 'replaced') {
      const newer = { gitHash: '', image: undefined, script: [], version: undefined };
      start(app, newer);
      finish(app, newer.version ?? 0, options.supersededBy ?? '');
    }
  }

  const ok = (data: unknown = {}, status = 100): EmulatorReply => ({
    status: 200,
    body: { status, description: 'ok', data },
  });
  const fail = (status: number, description: string): EmulatorReply => ({ status: 200, body: { status, description } });
  const bad = (message: string): EmulatorReply => {
    complaints.push(message);
    return fail(1110, message);
  };

  function deploy(app: App, { headers, body }: EmulatorRequest): EmulatorReply {
    const isForm = headers['content-type']?.startsWith('multipart/form-data; boundary=') ?? false;
    let gitHash = '';
    let image: string | undefined;
    if (isForm) {
      const boundary = headers['content-type']?.split('boundary=')[1] ?? '';
      if (!body.endsWith(`\r\n--${boundary}--\r\n`) || !/name="sourceFile"; filename="[^"]+"/.test(body))
        return bad('no file');
      if (!headers['content-length']) return bad('the size is not told');
      gitHash = /name="gitHash"\r\n\r\n([0-9a-f]*)\r\n/.exec(body)?.[1] ?? '';
    } else {
      const given = JSON.parse(body) as { captainDefinitionContent: string; gitHash: string };
      const definition = JSON.parse(given.captainDefinitionContent) as { schemaVersion: number; imageName: string };
      if (definition.schemaVersion !== 2) return bad('the schema version is 2');
      gitHash = given.gitHash;
      image = definition.imageName;
    }
    const isRollback = image?.startsWith('img-captain') ?? false;
    if (!isRollback) asked.set(app.appName, [gitHash, ...(asked.get(app.appName) ?? [])]);
    failed.delete(app.appName);
    logs.set(app.appName, ['Build started']);
    const build: Build = { gitHash, image, script: [...script], version: undefined };
    builds.set(app.appName, build);
    if (!options.queues) start(app, build);
    return ok({}, 101);
  }

  function update(body: string): EmulatorReply {
    const { appName = '', ...given } = JSON.parse(body) as Partial<App>;
    const app = apps.get(appName);
    if (!app) return fail(1000, 'App could not be found!');
    const reset = ['instanceCount', 'containerHttpPort', 'envVars', 'appPushWebhook'].filter(
      (name) => app[name] !== undefined && !(name in given),
    );
    if (reset.length > 0) return bad(`the update would reset ${reset.join(', ')}`);
    Object.assign(app, given);
    return ok();
  }

  function answerDefinitions(rest: string, { method, body }: EmulatorRequest): EmulatorReply {
    const { appName = '' } = (body ? JSON.parse(body) : {}) as { appName?: string };
    switch (`${method} ${rest}`) {
      case 'GET ':
        return ok({ appDefinitions: [...apps.values()], rootDomain: 'apps.example.com', captainSubDomain: 'captain' });
      case 'POST /update':
        return update(body);
      case 'POST /register':
        if (apps.has(appName)) return fail(1103, 'App Name already exists. Please use a different name');
        addApp(appName);
        return ok();
      case 'POST /enablebasedomainssl':
        Object.assign(apps.get(appName) ?? {}, { hasDefaultSubDomainSsl: true });
        return ok();
      case 'POST /delete':
        asked.delete(appName);
        return apps.delete(appName) ? ok() : fail(1000, 'App could not be found!');
      default:
        return { status: 404, body: 'Not Found' };
    }
  }

  function answerData(rest: string, request: EmulatorRequest): EmulatorReply {
    const [, name = '', more = ''] = /^\/([a-z0-9-]+)(.*)$/.exec(rest) ?? [];
    const app = apps.get(name);
    if (!app) return fail(1000, 'App could not be found!');
    if (request.method === 'POST' && more === '?detached=1') return deploy(app, request);
    if (request.method === 'GET' && more.startsWith('/logs'))
      return ok({ logs: 'Starting gunicorn\nWorker failed to boot.\n' });
    if (request.method !== 'GET' || more !== '') return { status: 404, body: 'Not Found' };
    look(app);
    return ok({
      isAppBuilding: builds.has(name),
      isBuildFailed: failed.has(name),
      logs: { lines: logs.get(name) ?? [''], firstLineNumber: 0 },
    });
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    const { method, path, headers, body } = request;
    if (headers['x-namespace'] !== 'captain') return bad('the namespace is missing');
    if (method === 'POST' && path === '/api/v2/login') {
      const { password } = JSON.parse(body) as { password: string };
      if (options.twoFactors) return fail(1114, 'Enter OTP token as well');
      return password === caproverPassword ? ok({ token: session }) : fail(1105, 'Password is wrong');
    }
    const isDeploy = method === 'POST' && path.startsWith('/api/v2/user/apps/appData/');
    const isAllowed =
      headers['x-captain-auth'] === session || (isDeploy && headers['x-captain-app-token'] === caproverAppToken);
    if (!isAllowed) return fail(1106, 'Auth token corrupted');
    const definitions = '/api/v2/user/apps/appDefinitions';
    if (path.startsWith(definitions)) return answerDefinitions(path.slice(definitions.length), request);
    const data = '/api/v2/user/apps/appData';
    return path.startsWith(data) ? answerData(path.slice(data.length), request) : { status: 404, body: 'Not Found' };
  }

  const emulator = await startEmulator((request) => options.refuse ?? answer(request));
  return Object.assign(emulator, {
    apps,
    complaints,
    asked: (app: string) => asked.get(app) ?? [],
    served(name: string) {
      const app = apps.get(name);
      return app?.versions.find(({ version }) => version === app.deployedVersion)?.gitHash || undefined;
    },
  });
}
