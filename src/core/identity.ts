import { posix } from 'node:path';

/**
 * Which deploy this is: the one value that names ledgers, folders of previews, comments and deployments. Two deploys with
 * the same identity follow one another; of two that differ in anything, none ever touches what the other left.
 */
export interface Identity {
  /** GitHub's id of the repository, which stays when it is renamed or transferred. */
  readonly repository: string;
  /** Path of the app in the repository, normalised; `.` is the whole repository. */
  readonly app: string;
  /** `preview`: of one pull request. A branch never makes one, whatever it is called. */
  readonly kind: 'push' | 'preview';
  /** Name of the environment; of previews it ends in `/pr-<number>`. */
  readonly name: string;
}

/** The app that is the whole repository. */
export const wholeRepository = '.';

/** `./apps/web/` and `apps//web` are one app. */
export function normalApp(workingDirectory: string): string {
  const path = posix.normalize(workingDirectory.replaceAll('\\', '/')).replace(/^\/+|\/+$/g, '');
  return path === '' ? wholeRepository : path;
}

const previewName = (base: string, pullRequest: number) => {
  const own = `/pr-${pullRequest}`;
  return base.endsWith(own) ? base : `${base}${own}`;
};

/** The only maker of identities. The environment of a preview always ends in `/pr-<number>`, whatever the given text holds. */
export function makeIdentity(of: {
  readonly repository: string;
  readonly workingDirectory: string;
  readonly environment: string;
  /** Set for previews alone. */
  readonly pullRequest?: number | undefined;
}): Identity {
  const { repository, pullRequest, environment } = of;
  const app = normalApp(of.workingDirectory);
  return pullRequest === undefined
    ? { repository, app, kind: 'push', name: environment }
    : { repository, app, kind: 'preview', name: previewName(environment, pullRequest) };
}

export const sameIdentity = (one: Identity, other: Identity): boolean =>
  one.repository === other.repository && one.app === other.app && one.kind === other.kind && one.name === other.name;

/** The number of the pull request that a preview is of; undefined for everything else. */
export function previewNumber({ kind, name }: Pick<Identity, 'kind' | 'name'>): number | undefined {
  const [, number] = kind === 'preview' ? (/\/pr-([1-9]\d*)$/.exec(name) ?? []) : [];
  return number === undefined ? undefined : Number(number);
}

const segment = (text: string) => encodeURIComponent(text).replaceAll('.', '%2E').replaceAll('*', '%2A');

/**
 * The identity as a path of safe segments: `1296269/push/production`, `1296269/preview/preview%2Fpr-7@apps%2Fweb`. Different
 * identities have different paths.
 */
export function identityPath({ repository, kind, name, app }: Identity): string {
  const own = app === wholeRepository ? '' : `@${segment(app)}`;
  return `${segment(repository)}/${kind}/${segment(name)}${own}`;
}

/** A path as one segment that needs no escapes in a URL: `apps~web`. */
const urlSegment = (path: string) =>
  path
    .replace(/[^\w./-]/gu, (character) =>
      [...Buffer.from(character)].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join(''),
    )
    .replaceAll('/', '~');

/**
 * Folder in the bucket that is a preview's alone, with a slash at its end: `previews/1296269/pr-7/`. An app below the
 * repository's top has one of its own: `previews/1296269~apps~web/pr-7/`. It stands in URLs, so it needs no escapes there.
 */
export function previewFolder(identity: Identity): string {
  const { repository, app } = identity;
  const own = app === wholeRepository ? '' : `~${urlSegment(app)}`;
  return `previews/${urlSegment(repository)}${own}/pr-${previewNumber(identity)}/`;
}

/** What `identityPath` was made from; undefined where a path is not one. */
export function parseIdentityPath(path: string): Identity | undefined {
  const [, repository, kind, name, app] = /^([^/]+)\/(push|preview)\/([^/@]+)(?:@([^/@]+))?$/.exec(path) ?? [];
  if (repository === undefined || name === undefined) return undefined;
  try {
    const identity: Identity = {
      repository: decodeURIComponent(repository),
      kind: kind as Identity['kind'],
      name: decodeURIComponent(name),
      app: app === undefined ? wholeRepository : decodeURIComponent(app),
    };
    return identityPath(identity) === path ? identity : undefined;
  } catch {
    return undefined;
  }
}
