import { refusedContents } from './refused-contents.ts';

/**
 * What should never become public, by name. `**` is any folder. A match stops the run and is never passed over in
 * silence: a file that is missing on the page is as bad as one too many in the bucket. The input allow-files lets
 * single files through.
 */
export const refusedNames: readonly string[] = [
  '**/.env*',
  '**/.env*/**',
  '**/*.env',
  '**/{.git,.hg,.svn,.bzr,.aws,.azure,.ssh,.gnupg,.kube,.docker,.terraform,__pycache__}/**',
  '**/{.git,.gitconfig,.git-credentials,.npmrc,.yarnrc,.pypirc,.netrc,_netrc,.htpasswd,.pgpass,pgpass.conf,.my.cnf}',
  '**/{.dockercfg,.dockerconfigjson,.s3cfg,.boto,.vault-token,rclone.conf,.rclone.conf,.*_history,wp-config.php}',
  '**/.config/{gcloud,gh,rclone,containers}/**',
  '**/*.{py,pyc,sqlite,sqlite3,db,sql,dump,bak,pem,key,p8,p12,pfx,ppk,kdb,kdbx,jks,jceks,keystore,bks,ovpn}',
  '**/*.{sql,dump,bak}.{gz,bz2,xz,zip,zst}',
  '**/id_{rsa,dsa,ecdsa,ed25519,xmss}*',
  '**/{credentials,gha-creds-,client_secret,service-account,service_account,serviceaccount}*.json',
  '**/{kubeconfig,kubeconfig.yml,kubeconfig.yaml,*.kubeconfig}',
  '**/*.tfstate*',
  '**/*.tfvars',
  '**/secrets.{yml,yaml,toml,ini}',
  '**/docker-compose*.{yml,yaml}',
];

/** Beginnings of files, by which they are told whatever they are called. */
const beginnings: readonly (readonly [string, string])[] = [
  ['SQLite format 3\0', 'an SQLite database'],
  ['PGDMP', 'a database dump'],
  ['-- MySQL dump', 'a database dump'],
  ['-- MariaDB dump', 'a database dump'],
  ['--\n-- PostgreSQL database dump', 'a database dump'],
  ['PuTTY-User-Key-File-', 'a private key'],
  ['\xfe\xed\xfe\xed', 'a keystore'],
  ['\x03\xd9\xa2\x9a', 'a password database'],
  [
    'version https://git-lfs.github.com/spec/v1\n',
    'a pointer of Git LFS in place of the file (set lfs: true of actions/checkout)',
  ],
];

const firstBytes = new Set(beginnings.map(([beginning]) => beginning.charCodeAt(0)));

/** What a file is by its beginning. */
function byBeginning(bytes: Buffer): string | undefined {
  if (!firstBytes.has(bytes[0] ?? 0)) return undefined;
  const start = bytes.toString('latin1', 0, 64);
  return beginnings.find(([beginning]) => start.startsWith(beginning))?.[1];
}

/** How files of sound and film begin; MP4 and its relatives have their sign behind the size of the first box. */
const recordings = ['ID3', 'OggS', 'fLaC', 'RIFF', '\x1aE\xdf\xa3'];
const isRecording = (start: string): boolean =>
  start.startsWith('ftyp', 4) || recordings.some((beginning) => start.startsWith(beginning));

/**
 * A guard for one file: what it is by its beginning, and then what stands in it. Of a recording only the first block is looked
 * at, which has all of a small one and the titles and comments of a large one: behind that is compressed sound and film, whose
 * gigabytes take as long to look at as to send.
 * @param search Looks at what stands in the bytes, here or in another thread.
 */
export function createGuardBy<T>(search: (bytes: Buffer) => T): (bytes: Buffer) => T | string | undefined {
  let began = false;
  let recorded = false;
  return (bytes) => {
    if (recorded) return undefined;
    const kind = began ? undefined : byBeginning(bytes);
    recorded = !began && isRecording(bytes.toString('latin1', 0, 8));
    began = true;
    return kind ?? search(bytes);
  };
}

/** The guard of one file, in this thread. */
export const createGuard = () => createGuardBy(refusedContents);

/** Signs of globs in names, as themselves. */
const escapeGlob = (path: string): string => path.replace(/[\\*?[\]{}()!+@|]/g, '\\$&');

/** Hashes of the content in names: `base.55e7cbb9ba48.js` of Django and webpack, `index-BkX9z12a.js` of Vite. */
const hashes = /([.-])(?:[0-9a-f]{8,32}|(?=[A-Za-z_-]*\d)(?=\w*[A-Z])[\w-]{8,12})(?=(?:\.[A-Za-z0-9]+)+$)/;

/** A glob that lets a file through now and after its content has changed. */
const lastingGlob = (path: string): string => {
  const [, before = '', after = ''] = /^(.*\/)?([^/]*)$/.exec(path) ?? [];
  const found = hashes.exec(after);
  if (!found) return escapeGlob(path);
  const end = found.index + found[0].length;
  return `${escapeGlob(before + after.slice(0, found.index))}${found[1]}*${escapeGlob(after.slice(end))}`;
};

const mostAllowed = 20;

/** The input `allow-files` for these files, to be pasted. */
export function allowBlock(paths: readonly string[]): string {
  const patterns = [...new Set(paths.map(lastingGlob))].slice(0, mostAllowed);
  // A glob without a slash would match the name in every folder.
  const lines = patterns.map((glob) => `  ${glob.includes('/') ? glob : `/${glob}`}`);
  return ['allow-files: |', ...lines].join('\n');
}
