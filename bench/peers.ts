import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucketName } from './bucket.ts';
import type { Tools } from './install.ts';
import { type Command, plainEnv } from './measure.ts';
import { actionCommand } from './runner.ts';

/** A folder that has to be in the bucket. */
export interface Job {
  readonly tools: Tools;
  readonly endpoint: string;
  /** Parent of the folder `static`. */
  readonly workspace: string;
  /** Counts the runs. */
  readonly run: number;
}

export interface Peer {
  readonly title: string;
  /** How it is asked, for the report. */
  readonly how: string;
  readonly command: (job: Job) => Command;
}

const folderOf = ({ workspace }: Job) => join(workspace, 'static');
const keys = { AWS_ACCESS_KEY_ID: 'bench-key', AWS_SECRET_ACCESS_KEY: 'bench-secret' };
export const awsEnv = (): Record<string, string> => ({
  ...plainEnv(),
  ...keys,
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Where the bucket is, as inputs of the action. */
export const bucketInputs = (endpoint: string) => ({
  bucket: bucketName,
  // A vendor that is known, as Spaces is: an unknown one is asked first whether it keeps conditions.
  endpoint: `ceph+${endpoint}`,
  'access-key-id': keys.AWS_ACCESS_KEY_ID,
  'secret-access-key': keys.AWS_SECRET_ACCESS_KEY,
});

/** The action with `command: sync`. */
const ours = ({ tools, endpoint, workspace, run }: Job): Command =>
  actionCommand({
    tools,
    workspace,
    run,
    says: 'The files are in place.',
    inputs: { command: 'sync', ...bucketInputs(endpoint), 'static-dir': 'static' },
  });

/** With the MD5 of the listing, because by times it would ask for each object's metadata. */
const rcloneFlags = '--transfers 64 --checkers 64 --checksum --fast-list --s3-no-check-bucket --config /dev/null';

const rclone =
  (more: readonly string[]) =>
  (job: Job): Command => ({
    program: job.tools.rclone,
    args: ['sync', folderOf(job), `:s3:${bucketName}`, ...rcloneFlags.split(' '), ...more],
    env: {
      ...awsEnv(),
      RCLONE_S3_PROVIDER: 'Other',
      RCLONE_S3_ENV_AUTH: 'true',
      RCLONE_S3_ENDPOINT: job.endpoint,
      RCLONE_S3_FORCE_PATH_STYLE: 'true',
    },
  });

function aws(job: Job): Command {
  const config = join(job.tools.scratch, 'aws-config');
  writeFileSync(config, '[default]\ns3 =\n  max_concurrent_requests = 64\n  addressing_style = path\n');
  return {
    program: job.tools.aws,
    args: ['--endpoint-url', job.endpoint, 's3', 'sync', folderOf(job), `s3://${bucketName}`, '--only-show-errors'],
    env: { ...awsEnv(), AWS_CONFIG_FILE: config },
  };
}

export const peers = {
  ours: { title: 'Deploy Django', how: '`command: sync`, all else by default', command: ours },
  s5cmd: {
    title: 's5cmd',
    how: '`s5cmd --log error sync`, 256 workers as by default',
    command: (job) => ({
      program: job.tools.s5cmd,
      args: ['--endpoint-url', job.endpoint, '--log', 'error', 'sync', `${folderOf(job)}/`, `s3://${bucketName}/`],
      env: awsEnv(),
    }),
  },
  rclone: {
    title: 'rclone',
    how: `\`rclone sync ${rcloneFlags.replace(' --config /dev/null', '')}\`, which looks at each object after its upload`,
    command: rclone([]),
  },
  'rclone-no-head': {
    title: 'rclone, no HEAD',
    how: 'the same with `--s3-no-head`, which trusts the answer to the upload, as we do',
    command: rclone(['--s3-no-head']),
  },
  'aws-cli': { title: 'aws-cli', how: '`aws s3 sync --only-show-errors`, 64 requests at once', command: aws },
  's3-sync-client': {
    title: 's3-sync-client',
    how: '`sync()` with 64 transfers at once',
    command: (job) => ({
      program: job.tools.node,
      args: [job.tools.syncClient, folderOf(job), job.endpoint, bucketName],
      env: awsEnv(),
    }),
  },
} satisfies Record<string, Peer>;

export type PeerName = keyof typeof peers;
