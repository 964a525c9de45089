/** User name and password in a URL, with the slashes escaped or not. */
const inUrl = /(:(?:\\?\/){2})([^\s/"<>]+)@/g;
/** The same in a URL that is percent-encoded, because it is a part of another. */
const inEncodedUrl = /(%3a%2f%2f)((?:(?!%2f)[^\s/"<>])+)%40/gi;
/** The beginning of them, if the text ends before the sign that tells them from a host's name. */
const unfinishedInfo = [/(:(?:\\?\/){2})[^\s/"<>]*$/, /(%3a%2f%2f)(?:(?!%2f)[^\s/"<>])*$/i];

/** What lets everybody in who has a signed URL: of S3, Google, CloudFront, Azure, and tokens in a query. */
const signature =
  /((?:[?&;]|&amp;|\\u0026|%26|%3f)(?:x-amz-signature|x-amz-security-token|x-amz-credential|x-goog-signature|x-goog-credential|signature|sig|access_token)(?:=|%3d))(?:(?!%26|&|\\u0026)[^\s"'<>#\\])+/gi;

/** A credential in a header. */
const authorization = /((?:authorization["']?\s*[:=]\s*["']?)(?:basic|bearer|token)\s+)[\w.~+/=-]+/gi;

const tokens =
  /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|[sr]k_live_[A-Za-z0-9]{16,}|xox[abeoprs]-\d[\w-]{16,})/g;

/** The user that everybody is to a git server; it opens nothing. */
const nobody = 'git';

/** A text without what is secret by its shape, whoever wrote it: user info in URLs, signatures of URLs, well-known tokens. */
export function withoutShapes(text: string): string {
  let left = text;
  if (left.includes('@'))
    left = left.replace(inUrl, (all, start: string, user: string) => (user === nobody ? all : `${start}***@`));
  if (/%40/.test(left))
    left = left.replace(inEncodedUrl, (all, start: string, user: string) => (user === nobody ? all : `${start}***%40`));
  if (/sig|token|credential/i.test(left)) left = left.replace(signature, '$1***');
  if (/authorization/i.test(left)) left = left.replace(authorization, '$1***');
  return left.replace(tokens, '***');
}

/** The same for the start of a text that goes on. */
export const withoutUnfinished = (text: string): string =>
  unfinishedInfo.reduce((left, pattern) => left.replace(pattern, '$1***'), text);
