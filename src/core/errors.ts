import { diskFailure, saysDiskIsFull } from './disk-failure.ts';

/** A place in a file of the project, so that an error can be shown where it has to be fixed. */
export interface Place {
  /** Path relative to the workspace, with forward slashes. */
  readonly file: string;
  /** Line number, from 1. */
  readonly line?: number;
}

/** A place as editors and terminals take it: `file:line`. */
export const placeText = ({ file, line }: Place): string => (line ? `${file}:${line}` : file);

/** A place at the end of a clause, as a sentence has it: ` (file, line N)`; empty where there is none. */
export const inBrackets = (at: Place | undefined): string =>
  at ? ` (${at.file}${at.line ? `, line ${at.line}` : ''})` : '';

/** Every code that a failed run can end with, and what it means. docs/troubleshooting.md has a section for each. */
export const codes = {
  INVALID_INPUTS: 'an input of the step is missing, malformed or in conflict with another',
  UNTRUSTED_CODE: 'the event gives secrets to code that a stranger wrote',
  PROJECT_NOT_FOUND: 'no manage.py, or more than one, below the working directory',
  PYTHON_MISSING: 'no Python on the PATH, or none that the project takes',
  INSTALL_FAILED: "the project's dependencies did not install",
  COMMAND_FAILED: 'a command line given as an input failed',
  DJANGO_FAILED: "Django did not start with the project's settings",
  CHECKS_FAILED: 'the preflight found something that stops the deploy',
  COLLECT_FAILED: 'collectstatic failed',
  ARTIFACT_INVALID: 'the artifact of another job is not what that job wrote, or of another commit',
  FILES_REFUSED: 'a file that should never be public is about to be uploaded',
  KEYS_INVALID: 'a file has a name that no bucket can hold',
  CREDENTIALS_MISSING: 'no credentials for the bucket',
  CREDENTIALS_REJECTED: 'the bucket does not accept these credentials',
  BUCKET_NOT_FOUND: 'there is no such bucket at this endpoint',
  BUCKET_DENIED: 'these credentials may not do this with the bucket',
  BUCKET_UNREACHABLE: 'the endpoint of the bucket does not answer',
  BUCKET_FAILED: 'the bucket answered with an error',
  UPLOAD_FAILED: 'a file could not be read, or changed while it was sent',
  FILES_UNREADABLE: 'visitors cannot read the files that are in the bucket',
  FILES_PUBLIC: 'anybody can read media that is to be private',
  ORIGINS_REFUSED: "the bucket does not let the site's pages use its fonts and modules",
  OBJECT_CONFLICT: 'the bucket has other bytes under a name that is made from the content',
  DATABASE_NOT_SET: 'migrate: run has no server to migrate',
  DATABASE_UNREACHABLE: 'the server of the database does not answer',
  DATABASE_LOGIN_FAILED: 'the server of the database does not let this user in',
  DATABASE_NOT_FOUND: 'there is no such database at this server',
  DATABASE_DENIED: 'the server lets this runner not in, or this user not change the database',
  DATABASE_TLS: 'the server wants TLS, has none, or its certificate is not trusted',
  DATABASE_READ_ONLY: 'the database can only be read',
  DATABASE_BUSY: 'the server of the database takes no more connections',
  DATABASE_DRIVER_MISSING: 'the project has no driver for the database',
  DATABASE_FAILED: 'the server of the database answered with an error',
  DATABASE_TAKEN: 'a database has the name of a preview’s, and this action did not make it for that preview',
  MIGRATION_FAILED: 'a migration failed, and nothing was released',
  MIGRATION_LOCKED: 'another run migrates this database',
  CDN_REFUSED: 'the CDN does not know the id or the credential',
  HOST_REFUSED: 'the host did not take the request to deploy',
  HOST_UNCLEAR: 'the host was asked, and it is not known what it does',
  HOST_FAILED: 'the host took the request, and its deploy failed',
  TRUSTED_SOURCE_FAILED: 'the firewall of the database does not let this runner in',
  NOT_PROVEN: 'the URL did not show this release in time',
  ASSETS_BROKEN: 'the page of the new release links files that do not load',
  GITHUB_FAILED: 'GitHub did not answer a question that the run depends on',
  DISK_FULL: 'a file could not be written: the disk is full or read-only, or the folder of the run is gone',
  CANCELLED: 'the run was cancelled',
  INTERNAL: 'a mistake in the action itself',
} as const;

export type ErrorCode = keyof typeof codes;

/** A failure that a user can act on: what happened, and in `hint` what to type next. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly at: Place | undefined;

  constructor(code: ErrorCode, message: string, more: { hint?: string; at?: Place; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.hint = more.hint;
    this.at = more.at;
  }
}

/** What a program of the build is run for; it may be the disk that made it fail. */
export const ofPrograms: readonly ErrorCode[] = ['INSTALL_FAILED', 'COMMAND_FAILED', 'DJANGO_FAILED', 'COLLECT_FAILED'];

export const diskHint =
  'Free space on the machine in a step before this one ("df -h" shows what is used), or give the runner a larger disk: files of the run are in its folder RUNNER_TEMP.';

/**
 * Any thrown value as a DeployError; what nobody foresaw becomes INTERNAL and keeps its cause. Here alone a disk that cannot be
 * written to gets its code, wherever in the run it shows.
 * @param isOfRun Whether a path is in the folder that this run made for itself.
 */
export function toDeployError(thrown: unknown, isOfRun: (path: string) => boolean = () => false): DeployError {
  const ofDisk = diskFailure(thrown, isOfRun);
  if (ofDisk !== undefined) return new DeployError('DISK_FULL', `${ofDisk}.`, { hint: diskHint, cause: thrown });
  if (thrown instanceof DeployError) {
    const { code, message } = thrown;
    if (!ofPrograms.includes(code) || !saysDiskIsFull(message)) return thrown;
    return new DeployError('DISK_FULL', message, { hint: diskHint, cause: thrown });
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DeployError('INTERNAL', message, {
    cause: thrown,
    hint: 'This is a bug in the action. Please open an issue with the log of this step.',
  });
}
