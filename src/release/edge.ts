import type { HttpResponse } from '../core/ports.ts';

/** Somebody in front of the app who answered in its place. */
interface Edge {
  readonly answers: (response: HttpResponse, text: () => string) => boolean;
  readonly says: string;
}

const header = ({ headers }: HttpResponse, name: string) => headers[name] ?? '';
const refused = ({ status }: HttpResponse) =>
  status === 401 || status === 403 || status === 405 || status === 429 || status === 503;

/** What to write to get past: a header that the edge has a rule for. */
const withHeader = (value: string) => `"proof-request-header: ${value}" in host-options`;

const edges: readonly Edge[] = [
  {
    answers: (response) => /challenge/i.test(header(response, 'cf-mitigated')),
    says: `Cloudflare's bot check stopped it (cf-mitigated: challenge). Add a rule at Cloudflare (Security > WAF, action Skip) for a secret header, and send it with ${withHeader('X-Deploy: <secret>')}.`,
  },
  {
    answers: (response) => /challenge|captcha/i.test(header(response, 'x-amzn-waf-action')),
    says: `AWS WAF's challenge stopped it. Add a rule to the web ACL that allows a secret header, and send it with ${withHeader('X-Deploy: <secret>')}.`,
  },
  {
    answers: (response) => /^\s*basic\b|,\s*basic\b/i.test(header(response, 'www-authenticate')),
    says: `HTTP basic authentication stopped it. Send the password with ${withHeader('Authorization: Basic <base64 of user:password>')}.`,
  },
  {
    answers: (response) =>
      header(response, 'x-vercel-mitigated') !== '' ||
      (refused(response) && /vercel/i.test(header(response, 'server') + header(response, 'x-vercel-id'))),
    says: `Vercel's Deployment Protection or firewall stopped it. Make a bypass secret in the project's settings, and send it with ${withHeader('x-vercel-protection-bypass: <secret>')}.`,
  },
  {
    answers: (response) =>
      refused(response) &&
      /netlify/i.test(header(response, 'server') + (header(response, 'x-nf-request-id') && 'netlify')),
    says: `Netlify's password or firewall stopped it. Open the page for the runner there, or set health-path to a public page; a password of the kind "basic" goes with ${withHeader('Authorization: Basic <base64 of user:password>')}.`,
  },
  {
    answers: (response, text) =>
      response.status === 403 &&
      (/akamaighost|akamainetstorage/i.test(header(response, 'server')) || /errors\.edgesuite\.net/.test(text())),
    says: `Akamai's firewall stopped it. Allow a secret header there, and send it with ${withHeader('X-Deploy: <secret>')}.`,
  },
  {
    answers: (response) =>
      refused(response) && header(response, 'cf-ray') !== '' && response.status !== 503 && response.status !== 405,
    says: `Cloudflare, or the app behind it, stopped it (cf-ray). Look at Security > Events at Cloudflare for a rule that blocks the runner; let a secret header pass, and send it with ${withHeader('X-Deploy: <secret>')}.`,
  },
  {
    answers: (response) =>
      response.status === 403 &&
      (/cloudfront/i.test(header(response, 'server')) || /from cloudfront/i.test(header(response, 'x-cache'))),
    says: `CloudFront or AWS WAF stopped it. Look for a rule (WAF, geographic restriction) that blocks the runner; let a secret header pass, and send it with ${withHeader('X-Deploy: <secret>')}.`,
  },
  {
    answers: (response) =>
      refused(response) &&
      (header(response, 'x-sucuri-id') !== '' ||
        header(response, 'x-iinfo') !== '' ||
        header(response, 'x-datadome') !== ''),
    says: `A firewall in front of the app stopped it. Let a secret header pass there, and send it with ${withHeader('X-Deploy: <secret>')}.`,
  },
  {
    answers: (response, text) =>
      response.status === 403 &&
      (header(response, 'x-ms-forbidden-ip') !== '' ||
        /\bip\b[^.<]{0,40}\b(forbidden|denied|blocked|not allowed)|(forbidden|denied|blocked|not allowed)[^.<]{0,40}\bip\b/i.test(
          text(),
        )),
    says: 'A list of allowed IP addresses stopped it. GitHub’s runners have changing addresses: use a runner with a fixed one, or set health-path to a page that everybody may see.',
  },
];

/** Who in front of the app stopped the request, and what to do; undefined where nobody is known to have. */
export function stoppedBy(response: HttpResponse): string | undefined {
  const text = () => new TextDecoder().decode(response.body.subarray(0, 16 * 1024));
  return edges.find(({ answers }) => answers(response, text))?.says;
}
