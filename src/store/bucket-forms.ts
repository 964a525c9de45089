import { generic, vendorOf } from './vendors.ts';

/** Forms in which people write a bucket and an endpoint, and what to write instead. */

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html, x-amz-server-side-encryption. */
export const isEncryption = (text: string): boolean => /^(AES256|aws:kms(:dsse)?(:\S+)?)$/.test(text);

/** The parts of a path, without empty ones. */
const partsOf = (path: string): string[] => path.split('/').filter(Boolean);

/** What a bucket's name is in, as `s3://`, an ARN or an address have it; undefined if it is written plainly. */
function unwrapped(text: string): string | undefined {
  if (/^(s3|s3a|gs):\/\//i.test(text)) return text.replace(/^\w+:\/\//, '');
  if (/^arn:[\w-]*:s3:::/.test(text)) return text.replace(/^arn:[\w-]*:s3:::/, '');
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { hostname, pathname } = new URL(text);
  const [, name] =
    /^(.+?)\.(?:s3[.-]|storage\.googleapis\.com$|[a-z0-9-]+\.(?:(?:cdn\.)?digitaloceanspaces|your-objectstorage|linodeobjects)\.com$|.*\.r2\.cloudflarestorage\.com$)/.exec(
      hostname,
    ) ?? [];
  return name === undefined ? pathname : `${name}${pathname}`;
}

/**
 * The name of a bucket out of what somebody wrote for it.
 * @returns `problem` says what to write instead, where that is not the name alone.
 */
export function readBucket(text: string): { readonly name: string; readonly problem?: string } {
  if (/^arn:[\w-]*:s3(-\w+)?:[^:]*:\d*:accesspoint/.test(text) || /^arn:[\w-]*:s3-/.test(text))
    return {
      name: text,
      problem: `"${text}" is an access point, which is not supported; write the name of its bucket`,
    };
  const inner = unwrapped(text);
  const [name = '', ...folders] = partsOf(inner ?? text);
  if (inner === undefined && folders.length === 0 && name === text) return { name };
  if (name === '') return { name: text, problem: `"${text}" is not the name of a bucket; write the name alone` };
  const prefix = folders.length === 0 ? '' : `, and the folder into static-prefix: "${folders.join('/')}/"`;
  return { name, problem: `"${text}" is more than the name of a bucket; write "${name}"${prefix}` };
}

/** Addresses under which files of a bucket are read and nothing is stored, and the endpoint, where the address tells it. */
const readOnly: readonly (readonly [RegExp, string, string?])[] = [
  [/^(?:.+\.)?([a-z0-9-]+)\.cdn\.digitaloceanspaces\.com$/, 'of a CDN', 'https://$1.digitaloceanspaces.com'],
  [/^(?:.+\.)?s3-website[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/, 'of a website of S3', ''],
  [/\.cloudfront\.net$/, 'of CloudFront', ''],
  [/\.r2\.dev$/, 'under which R2 shows files', 'https://<account id>.r2.cloudflarestorage.com'],
  [/\.(b-cdn\.net|cdn77\.org|fastly\.net|azureedge\.net|azurefd\.net|kxcdn\.com)$/, 'of a CDN'],
  [/^f\d+\.backblazeb2\.com$/, 'under which Backblaze shows files', 'https://s3.<region>.backblazeb2.com'],
  [/^storage\.cloud\.google\.com$/, 'of the console', 'https://storage.googleapis.com'],
  [/\.blob\.core\.windows\.net$/, 'of Azure, which does not speak the API of S3'],
  [/^website-[a-z0-9-]+\.linodeobjects\.com$|\.website-[a-z0-9-]+\.linodeobjects\.com$/, 'of a website'],
];

/** What is wrong with an address as the endpoint of a service, as far as it tells; undefined if nothing is. */
export function notAnEndpoint(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname } = new URL(address);
  for (const [pattern, what, instead] of readOnly) {
    const found = pattern.exec(hostname);
    if (!found) continue;
    const advice =
      instead === ''
        ? 'leave endpoint empty, because the bucket is at AWS'
        : `write ${instead === undefined ? "the address of the storage's S3 API" : instead.replace('$1', found[1] ?? '')}`;
    return `"${address}" is an address ${what}, and nothing can be stored there; ${advice}`;
  }
  // Anything else may have its API in a folder.
  if (vendorOf(address) !== generic && partsOf(pathname).length > 0)
    return `"${address}" ends in a folder or a bucket; write ${new URL(address).origin}, and the name into bucket`;
  return undefined;
}

/** Whether the path of an endpoint ends in the name of the bucket, which stands in the input bucket. */
export const endsInBucket = (endpoint: string, bucket: string): boolean =>
  partsOf(new URL(endpoint).pathname).at(-1) === bucket;
