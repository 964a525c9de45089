import { artifactFormats } from '../core/artifact-format.ts';
import { cannedAcls } from '../store/acl.ts';
import * as kinds from './kinds.ts';

/** The groups in which README.md shows the inputs, in their order. */
export const groups = {
  first: 'Most steps need these',
  run: 'What the step does',
  build: 'Build',
  bucket: 'Bucket',
  files: 'Files',
  host: 'Host',
  proof: 'Release and proof',
  database: 'Database',
  github: 'GitHub',
} as const;

/** One input of the action. */
export interface Row {
  readonly kind: kinds.Kind<unknown>;
  readonly group: keyof typeof groups;
  /** What the value is where the input is empty; without it, undefined. */
  readonly default?: string;
  /** What the runner fills in where the workflow gives nothing. */
  readonly expression?: string;
  /** Its value is masked, and forks' runs have none. */
  readonly secret?: true;
  /** Only a build follows it, so that it is a mistake beside `artifact`. */
  readonly buildOnly?: true;
  /** One line for action.yml and README.md; a function where it names every host. */
  readonly meaning: string | ((hosts: readonly string[]) => string);
}

/**
 * Every input, by the name that a workflow writes. Its type, parsing, default, action.yml's section and README.md's table
 * come from here (`npm run docs`). Rules between several inputs are in cross-checks.ts.
 */
export const table = {
  bucket: {
    kind: kinds.bucket,
    group: 'first',
    meaning: 'Bucket for static files; where neither this nor the settings name one, the app serves them',
  },
  endpoint: {
    kind: kinds.endpoint,
    default: '',
    group: 'first',
    meaning:
      "Address of the S3-compatible service without the bucket; else the settings', else `AWS_ENDPOINT_URL_S3`, else AWS. A service of your own can say what it is: `ceph+https://…`, `minio+https://…`",
  },
  host: {
    kind: kinds.text,
    default: 'auto',
    group: 'first',
    meaning: (hosts) =>
      `Where Django runs: ${hosts.map((name) => `\`${name}\`${name === 'hook' ? ' (any deploy hook)' : ''}`).join(', ')}, \`none\`, or \`auto\` (by the other inputs)`,
  },
  service: {
    kind: kinds.text,
    group: 'first',
    meaning: 'How that host names the thing to deploy, for example `srv-abc123`',
  },
  'host-token': { kind: kinds.secret, secret: true, group: 'first', meaning: 'Its API key' },

  command: {
    kind: kinds.choice(['auto', 'build', 'sync', 'deploy', 'preview', 'teardown', 'rollback', 'check']),
    default: 'auto',
    group: 'run',
    meaning:
      '`auto` (push, dispatch, release → deploy; pull request → preview, or build and check where the host makes none; its close → teardown; schedule → takes previews of closed pull requests away), `build` (for a job that deploys; needs no secrets), `sync` (only the folders that are named, no project needed), `deploy`, `preview`, `teardown`, `rollback`, or `check` (look at everything, change nothing, say all that is to be fixed)',
  },
  'dry-run': {
    kind: kinds.boolean,
    default: 'false',
    group: 'run',
    meaning: 'Print the plan and change nothing anywhere',
  },

  'working-directory': {
    kind: kinds.path,
    default: '.',
    group: 'build',
    meaning: 'Where to look for the project; `manage.py` is searched below it',
  },
  'settings-module': {
    kind: kinds.text,
    buildOnly: true,
    group: 'build',
    meaning: "`DJANGO_SETTINGS_MODULE` for the build; else the environment's, else what `manage.py` sets",
  },
  install: {
    kind: kinds.text,
    default: 'auto',
    buildOnly: true,
    group: 'build',
    meaning:
      'How dependencies are installed: `auto` (uv, Poetry, PDM, Pipenv, pixi or pip, by the lock file), `none`, or a command line',
  },
  'build-command': {
    kind: kinds.text,
    buildOnly: true,
    group: 'build',
    meaning: 'Command line before `collectstatic`, for example a front-end build',
  },
  'post-build-command': {
    kind: kinds.text,
    buildOnly: true,
    group: 'build',
    meaning: 'Command line after `collectstatic`, for example a compressor',
  },
  env: {
    kind: kinds.variables,
    default: '',
    secret: true,
    buildOnly: true,
    group: 'build',
    meaning:
      '`NAME=value` lines given to the build; the secrets among them are masked. A value of several lines stands between quotes, and in double quotes `\\n` is a line end; without quotes all of the line counts, `#` included',
  },
  checks: {
    kind: kinds.choice(['error', 'warning', 'off']),
    default: 'error',
    group: 'build',
    meaning: 'Lowest level of `check --deploy` and of the preflight that stops the deploy: `error`, `warning`, `off`',
  },
  artifact: {
    kind: kinds.path,
    group: 'build',
    meaning:
      'Path of what `command: build` made in another job, or the folder that it was downloaded to; then no project code runs here',
  },
  'artifact-format': {
    kind: kinds.choice(artifactFormats),
    group: 'build',
    meaning: '`tar.gz` or `zip`; else what the host takes, else `tar.gz`',
  },

  region: {
    kind: kinds.text,
    group: 'bucket',
    meaning:
      "Region of the bucket; else the settings', else that of the endpoint's address, at AWS `AWS_REGION`, else `us-east-1`",
  },
  'access-key-id': {
    kind: kinds.secret,
    secret: true,
    group: 'bucket',
    meaning:
      'Access key; else the standard chain of AWS (environment, OIDC role). The key of a role goes with `AWS_SESSION_TOKEN`',
  },
  'secret-access-key': { kind: kinds.secret, secret: true, group: 'bucket', meaning: 'Secret of the access key' },
  acl: {
    kind: kinds.choice(cannedAcls),
    group: 'bucket',
    meaning: 'Canned ACL of uploads, for example `public-read`; none is sent where empty',
  },
  'media-acl': {
    kind: kinds.choice(cannedAcls),
    group: 'bucket',
    meaning:
      'Canned ACL of media; else that of `acl`. With `private` the run fails if anybody can read a media file without a signature',
  },
  'apply-policy': {
    kind: kinds.boolean,
    default: 'false',
    group: 'bucket',
    meaning:
      'If nobody can read the static files: add a statement to the bucket policy that opens their prefix and nothing else. `false` prints the policy',
  },
  'allowed-origins': {
    kind: kinds.origins,
    default: '',
    group: 'bucket',
    meaning:
      'Origins, one a line, whose pages may use fonts and modules of the bucket (CORS): `auto` is the live one, in a preview its own; `https://www.example.com`, `https://*.example.com`, `*`',
  },
  encryption: {
    kind: kinds.encryption,
    group: 'bucket',
    meaning:
      "Server-side encryption of every write: `AES256`, `aws:kms` or `aws:kms:<key id>`; else what the project's storage says",
  },

  'static-dir': {
    kind: kinds.path,
    buildOnly: true,
    group: 'files',
    meaning: 'Folder of static files to sync; else what `collectstatic` filled (`STATIC_ROOT`)',
  },
  'media-dir': {
    kind: kinds.path,
    buildOnly: true,
    group: 'files',
    meaning:
      "Folder of media files to sync; `auto` is `MEDIA_ROOT`. Media is added, never deleted, and never overwritten where the bucket's is newer",
  },
  'static-prefix': {
    kind: kinds.prefix,
    group: 'files',
    meaning:
      'Key prefix of static files; else from the settings. `{environment}`, `{pr}`, `{sha}` and `{branch}` are filled in',
  },
  'media-prefix': {
    kind: kinds.prefix,
    group: 'files',
    meaning: 'Key prefix of media files; else from the settings',
  },
  headers: {
    kind: kinds.headerRules,
    default: '',
    group: 'files',
    meaning:
      'Rules for object headers, one a line: `glob  Header: value`. The first that matches counts, before the built-in ones',
  },
  compress: {
    kind: kinds.choice(['off', 'gzip']),
    default: 'off',
    group: 'files',
    meaning: '`gzip` stores text files compressed, `off` as they are',
  },
  'allow-files': {
    kind: kinds.lines,
    default: '',
    group: 'files',
    meaning: 'Globs, one a line, of files that the upload guard would refuse',
  },
  prune: {
    kind: kinds.age,
    default: '30d',
    group: 'files',
    meaning:
      'Age after which static files that none of the last 5 live releases names are deleted, for example `30d`; `off`',
  },
  concurrency: {
    kind: kinds.count,
    default: 'auto',
    group: 'files',
    meaning: 'Requests at once; `auto` finds out how many help',
  },
  shard: {
    kind: kinds.shard,
    group: 'files',
    meaning: '`i/n`: this job syncs the i-th of n parts of the folders; only with `command: sync`',
  },

  cdn: {
    kind: kinds.cdnTargets,
    default: '',
    group: 'bucket',
    meaning:
      'CDNs whose old copies are purged once the release is live, one a line: `cloudfront:ID`, `digitalocean:ID`, `cloudflare:ZONE`. An address behind it says where visitors find the root of the bucket, where the settings do not',
  },
  'cdn-token': {
    kind: kinds.secret,
    secret: true,
    group: 'bucket',
    meaning:
      'Token of the CDN; of DigitalOcean else `host-token`. CloudFront takes the keys of a bucket at AWS, else the standard chain of AWS',
  },

  'deploy-hook': {
    kind: kinds.secret,
    secret: true,
    group: 'host',
    meaning: "The host's deploy-hook URL, which is a secret",
  },
  'host-options': {
    kind: kinds.namedOptions,
    default: '',
    group: 'host',
    meaning: '`name: value` lines special to that host, and `proof-header`, `proof-path`, `proof-body`',
  },

  'host-env': {
    kind: kinds.variables,
    default: '',
    group: 'host',
    meaning:
      '`NAME=value` lines set at the host, where it has an API for that; other variables there stay. `{pr}`, `{sha}`, `{release}`, `{static-url}` and `{database-url}` are filled in',
  },

  url: { kind: kinds.url, group: 'proof', meaning: 'Public URL, where the host cannot tell it' },
  'health-path': {
    kind: kinds.text,
    default: '/',
    group: 'proof',
    meaning: 'Path that is probed until the new release answers',
  },
  timeout: {
    kind: kinds.duration,
    default: '20m',
    group: 'proof',
    meaning: 'For release and proof together, for example `90s`, `20m`, `1h30m`',
  },
  rollback: {
    kind: kinds.rollback,
    default: 'false',
    group: 'proof',
    meaning:
      'In a deploy `true` puts the previous release back if the new one is not proven. With `command: rollback` it is the release to go back to: its id or commit, or nothing for the previous one',
  },

  migrate: {
    kind: kinds.choice(['check', 'run', 'host', 'off']),
    default: 'check',
    group: 'database',
    meaning:
      '`check` (`makemigrations --check`), `run` (this and `migrate` from the runner, after the upload and before the release), `host` (the host migrates in its own release phase) or `off`',
  },
  'database-url': {
    kind: kinds.databaseUrl,
    secret: true,
    group: 'database',
    meaning:
      'The database that `migrate: run` migrates, and on whose server previews get theirs, for example `postgres://user:password@host:5432/name?sslmode=require`; else `DATABASE_URL` of `env`, else what the settings say',
  },

  'trusted-source': {
    kind: kinds.trustedSource,
    group: 'database',
    meaning:
      "`digitalocean:CLUSTER`, `render:ID`, `rds:SECURITY-GROUP`, `azure:RESOURCE-ID`, `cloud-sql:PROJECT:INSTANCE`: the database's firewall lets this runner in while `migrate` runs",
  },
  'trusted-source-token': {
    kind: kinds.secret,
    secret: true,
    group: 'database',
    meaning: "Its credential; else `host-token` where the host is of the same vendor, at clouds the vendor's own chain",
  },

  'preview-database': {
    kind: kinds.choice(['off', 'create']),
    default: 'off',
    group: 'database',
    meaning:
      '`create`: the preview of each pull request gets a database of its own on the server of `database-url`, whose name ends in `pr_N`; it is migrated, and dropped when the pull request is closed. `{database-url}` is its URL in `host-env` and hooks',
  },
  'seed-command': {
    kind: kinds.text,
    group: 'database',
    meaning:
      'Command line that fills a new database of a preview, after its migration, for example `python manage.py loaddata demo`',
  },

  'production-branch': {
    kind: kinds.lines,
    default: '',
    group: 'github',
    meaning:
      'Branches whose pushes go to production (lines, globs); else the default branch. Another branch deploys only if `environment` or `command: deploy` says so; otherwise it is built and checked',
  },
  environment: {
    kind: kinds.text,
    group: 'github',
    meaning:
      "Name of the environment; else `production` for production branches, tags and releases, a branch's own name, `preview/pr-N`. In previews `/pr-N` always follows the name",
  },
  comment: {
    kind: kinds.boolean,
    default: 'true',
    group: 'github',
    meaning: 'One comment on the pull request, kept up to date',
  },
  'github-token': {
    kind: kinds.secret,
    secret: true,
    expression: `\${{ github.token }}`,
    group: 'github',
    meaning: 'Token for deployments, comments and questions about pull requests',
  },
} as const satisfies Readonly<Record<string, Row>>;

export type InputName = keyof typeof table;

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

type Value<R> = R extends { readonly kind: kinds.Kind<infer T> }
  ? R extends { readonly default: string }
    ? T
    : T | undefined
  : never;

/** The value of every row, by its name in camel case. */
export type Values = { readonly [Name in InputName as Camel<Name>]: Value<(typeof table)[Name]> };
