/**
 * What should never become public, by name. `**` is any folder. A match stops the run and is never passed over in
 * silence: a file that is missing on the page is as bad as one too many in the bucket. The input allow-files lets
 * single files through.
 */
export const refusedNames: readonly string[] = [
  '**/.env*',
  '**/.env*/**',
  '**/{.git,.hg,.svn,.aws,.ssh,__pycache__}/**',
  '**/{.npmrc,.pypirc,.netrc,.htpasswd}',
  '**/*.{py,pyc,sqlite3,db,sql,dump,bak,pem,key,p12,pfx,ppk,kdbx}',
  '**/*.{sql,dump,bak}.{gz,bz2,xz,zip}',
  '**/id_{rsa,dsa,ecdsa,ed25519}*',
  '**/{credentials,gha-creds-}*.json',
  '**/*.tfstate*',
  '**/docker-compose*.{yml,yaml}',
];

/** Larger files are no configuration that was copied by mistake. */
export const sniffLimit = 256 * 1024;

/** The key's own lines have to follow, because libraries that read keys hold the first line in their code. */
const privateKey =
  /-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----(\s|\\n)+([A-Za-z-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=\s\\]{64}/;
const awsKeyId = /\bAKIA(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b/;
const djangoSecret = /^\s*(export\s+)?SECRET_KEY(\s*=\s*['"]|=[^\s'"(]{8})/m;

/** Why a file's content must not be public, or undefined. `head` is the whole file, or at least its first bytes. */
export function refuseContent(head: Buffer, size: number): string | undefined {
  if (head.subarray(0, 16).toString('latin1') === 'SQLite format 3\0') return 'an SQLite database';
  if (size > sniffLimit) return undefined;
  if (head.includes('PRIVATE KEY') && privateKey.test(head.toString('latin1'))) return 'a private key';
  if (head.includes('AKIA') && awsKeyId.test(head.toString('latin1'))) return 'an AWS access key';
  if (head.includes('SECRET_KEY') && djangoSecret.test(head.toString('latin1'))) return 'a SECRET_KEY';
  return undefined;
}
