import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** What of a server differs from S3 itself; everything that is not said is as AWS does it. Each row is asserted. */
export interface Differences {
  /** Names that the input `vendor` can have for it; undefined is none, so that nothing is relied on. */
  readonly vendors: readonly (string | undefined)[];
  /** ETags of objects in parts are the MD5 of the parts' MD5s, and their number. */
  readonly partsEtag: boolean;
  /** PUTs with If-Match and If-None-Match; `unquoted`: If-Match only without the quotes that clients send. */
  readonly conditions: 'kept' | 'unquoted' | 'refused';
  /** Of many PUTs with the same condition one wins; otherwise it looks first and writes then, so that two can win. */
  readonly atomic: boolean;
  /** How deletes are denied: all of them by the answer, or each by its key. */
  readonly deniesDeletes: 'whole' | 'each';
  /** DeleteObjects succeeds also in a bucket that is not there. */
  readonly deletesFromNowhere: boolean;
  /** `kept`: public-read lets everybody read the object. `ignored`: it is taken, and lets nobody. */
  readonly acls: 'kept' | 'ignored';
  /** Bytes with another Content-MD5 are refused. */
  readonly checksMd5: boolean;
  /** Wrong credentials are refused. */
  readonly checksKeys: boolean;
  /** There is a second user, who may do nothing in the first one's buckets. */
  readonly strangers: boolean;
  /** Objects are files, so that `a` and `a/b` cannot both be there. */
  readonly files: boolean;
  /** Keys that it stores under others, without a word. */
  readonly changedKeys: Readonly<Record<string, string>>;
  /** Content types that it writes in its own way. */
  readonly changedTypes: Readonly<Record<string, string>>;
  /** CORS rules of a bucket are kept, with names, and followed; `plain`: preflight requests are not answered as S3 does. */
  readonly cors: 'followed' | 'plain' | 'none';
  /** Bucket policies are kept and followed. */
  readonly policies: boolean;
  /** Block Public Access keeps public policies out. */
  readonly blocks: boolean;
  /** What keys are sorted by: the bytes of UTF-8, as S3 does, or those of UTF-16, as Java and JavaScript do. */
  readonly order: 'utf8' | 'utf16';
}

const s3: Differences = {
  vendors: [undefined],
  partsEtag: true,
  conditions: 'kept',
  atomic: true,
  deniesDeletes: 'whole',
  deletesFromNowhere: false,
  acls: 'kept',
  checksMd5: true,
  checksKeys: true,
  strangers: true,
  files: false,
  changedKeys: {},
  changedTypes: {},
  order: 'utf8',
  cors: 'followed',
  policies: true,
  blocks: true,
};

const ceph: Differences = { ...s3, vendors: [undefined, 'ceph'], conditions: 'unquoted' };

const files = { files: true, changedKeys: { 'two//slashes': 'two/slashes' } };

/** Every server that can be asked for, and how it differs, as it was seen to do with the version that .ci/servers has. */
export const known: Readonly<Record<string, Differences>> = {
  /** The fake of the unit tests. */
  memory: { ...s3, checksKeys: false, strangers: false },
  moto: {
    ...s3,
    cors: 'plain',
    blocks: false,
    atomic: false,
    checksMd5: false,
    checksKeys: false,
    strangers: false,
  },
  ceph,
  'ceph-tls': ceph,
  versitygw: { ...s3, ...files, blocks: false, acls: 'ignored', deniesDeletes: 'each' },
  swift: {
    ...s3,
    cors: 'none',
    policies: false,
    blocks: false,
    deniesDeletes: 'each',
    conditions: 'refused',
    acls: 'ignored',
  },
  s3proxy: {
    ...s3,
    ...files,
    cors: 'none',
    policies: false,
    blocks: false,
    strangers: false,
    atomic: false,
    deletesFromNowhere: true,
    order: 'utf16',
    changedTypes: { 'text/plain; charset=utf-8': 'text/plain;charset=utf-8' },
  },
};

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** How a real server is reached. */
export interface Reach {
  readonly endpoint: string;
  readonly credentials: Keys;
  readonly stranger: Keys | null;
  /** File with the certificate that the endpoint shows, where that is one of its own making. */
  readonly certificate: string | null;
}

/** Reads the file that .ci/servers/start writes, once it is whole: .ci/run starts the tests before the servers are there. */
async function readServers(path: string): Promise<Readonly<Record<string, Reach>>> {
  while (existsSync(join(dirname(path), 'starting'))) await delay(200);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The servers that were asked for by the file that DEPLOY_DJANGO_SERVERS names. */
export const started: Readonly<Record<string, Reach>> = process.env.DEPLOY_DJANGO_SERVERS
  ? await readServers(process.env.DEPLOY_DJANGO_SERVERS)
  : {};

export interface ServerCase {
  readonly name: string;
  readonly differs: Differences;
}

const caseOf = (name: string): ServerCase => {
  const differs = known[name];
  if (!differs) throw new Error(`DEPLOY_DJANGO_SERVERS names ${name}, of which nobody said how it differs`);
  return { name, differs };
};

/** Those that speak S3: moto, which is started by the tests themselves, and whatever was asked for. */
export const realServers: readonly ServerCase[] = ['moto', ...Object.keys(started)].map(caseOf);

export const allServers: readonly ServerCase[] = [caseOf('memory'), ...realServers];
