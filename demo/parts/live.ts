import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { parseVariables } from '../../src/lib/dotenv.ts';
import { git } from './git.ts';
import { type FoundProject, findProject } from './live-project.ts';
import { liveModule, writeLiveSettings } from './live-settings.ts';
import { startPlace } from './place.ts';
import { uvCache } from './python.ts';

/** A project that is ready to be deployed to a bucket and a host on this machine. */
export interface Live {
  readonly inputs: Readonly<Record<string, string>>;
  /** Variables of the runner. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether its static files were in the bucket. */
  readonly usesBucket: boolean;
  /** What was set for this machine. */
  readonly notes: readonly string[];
  /** What to do where the host could not run the project. */
  advice(): string | undefined;
  stop(): Promise<void>;
}

/** Inputs that say where a real deploy goes to; `--live` has its own. */
export const ofPlaces =
  /^(command|artifact|bucket|endpoint|region|access-key-id|secret-access-key|acl|service|host|host-token|host-options|deploy-hook|url)$/;

/** Names by which projects are told where their database is. */
const databaseName = /(DATABASE|DB|PG|POSTGRES|POSTGRESQL|MYSQL|SQL)_?(URL|HOST|NAME|PATH|DB|DATABASE|SERVICE|DSN)$/;

/** What a project is given whose user has given none: Django's key is read by either name. */
const ownVariables = (hasDatabase: boolean): Record<string, string> => {
  const key = randomBytes(48).toString('base64url');
  const database = hasDatabase ? {} : { DATABASE_URL: 'sqlite:///live.sqlite3' };
  return { SECRET_KEY: key, DJANGO_SECRET_KEY: key, ...database };
};

/** What SQLite, Django and its drivers say where the database is not the right one. */
const ofDatabase = /sqlite|\b(Operational|Programming|NotSupported)Error|psycopg|MySQLdb|pymysql/;

const databaseAdvice =
  'The database was SQLite. If the project needs another one, add migrate=host, and what its settings read, for example env=DATABASE_URL=postgres://… That database is then migrated.';

/** Texts of the Python files of a clone, by their path relative to the working directory. */
async function pythonFiles(clone: string, workingDirectory: string): Promise<Map<string, string>> {
  const tracked = (await git(clone, 'ls-files', '-z', '--', workingDirectory)).split('\0');
  const texts = tracked
    .filter((path) => path.endsWith('.py'))
    // A link can lead nowhere.
    .map(async (path) => [path, await readFile(join(clone, path), 'utf8').catch(() => '')] as const);
  return new Map((await Promise.all(texts)).map(([path, text]) => [posix.relative(workingDirectory, path), text]));
}

/** What is set for this machine. */
function notesOf({ settings, servesItself }: FoundProject, hasDatabase: boolean): string[] {
  const names = [
    'DEBUG, ALLOWED_HOSTS, STATIC_URL, STATIC_ROOT, STORAGES (hashed names)',
    ...(hasDatabase ? [] : ['DATABASES (SQLite)']),
    'no TLS',
  ];
  return [
    `Set on top of ${settings}, for this machine and in the clone alone: ${names.join(', ')}.`,
    ...(servesItself ? ['The app serves its static files itself (WhiteNoise), so no bucket is used.'] : []),
    ...(hasDatabase ? ['The database that env=… names is used, and migrated, because migrate=host is given.'] : []),
  ];
}

/**
 * Starts a bucket and a host, and commits settings for both into a clone of the project.
 * @param given The user's inputs. Those that say where a real deploy goes to are refused.
 * @param folder For what the host unpacks.
 * @throws Error with a sentence for the user.
 */
export async function prepareLive(
  clone: string,
  folder: string,
  given: Readonly<Record<string, string>>,
): Promise<Live> {
  const refused = Object.keys(given).filter((name) => ofPlaces.test(name));
  if (refused.length > 0)
    throw new Error(`--live brings a bucket and a host of its own. Leave out: ${refused.join(', ')}`);
  const { variables, problems } = parseVariables(given.env ?? '');
  if (problems.length > 0) throw new Error(`In env=…, ${problems.join('; ')}`);
  const workingDirectory = given['working-directory'] ?? '.';
  const root = join(clone, workingDirectory);
  const project = findProject(await pythonFiles(clone, workingDirectory), workingDirectory, given['settings-module']);
  // A file of variables often names the database of the user's daily work, which a trial must not migrate unasked.
  const hasDatabase = given.migrate === 'host' && Object.keys(variables).some((name) => databaseName.test(name));
  const own = ownVariables(hasDatabase);
  const place = await startPlace('try-live', {
    folder,
    project: project.folder,
    healthPath: given['health-path'] ?? '/',
    env: () => ({ ...own, ...variables, DJANGO_SETTINGS_MODULE: liveModule }),
  });
  const { statusUrl, logUrl } = place.host;
  const status = `status-url: ${statusUrl}\nstatus: state\nlive-words: live\nfailed-words: failed\nreason: reason\ncommit: commit\nurl: url\nlogs-url: ${logUrl}`;
  try {
    const staticUrl = project.servesItself ? '/static/' : place.urlOf('static');
    const written = await writeLiveSettings(root, project, { staticUrl, hasDatabase });
    // The artifact has what git holds, and the commit stays the user's own. A .gitignore may keep the file out.
    await git(root, 'add', '--force', '--', written);
    return {
      inputs: {
        command: 'deploy',
        timeout: '5m',
        ...given,
        ...(project.servesItself ? {} : place.bucketInputs),
        ...place.hostInputs,
        'host-options': `${place.hostInputs['host-options']}\n${status}`,
        'settings-module': liveModule,
        env: [...Object.entries(own).map(([name, value]) => `${name}=${value}`), given.env ?? ''].join('\n'),
      },
      usesBucket: !project.servesItself,
      // What the build has downloaded, the host need not.
      env: { UV_CACHE_DIR: uvCache },
      notes: notesOf(project, hasDatabase),
      advice: () => (!hasDatabase && ofDatabase.test(place.host.failure()) ? databaseAdvice : undefined),
      stop: () => place.stop(),
    };
  } catch (error) {
    await place.stop();
    throw error;
  }
}
