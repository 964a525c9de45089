import { createSign } from 'node:crypto';
import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import { askJson, parseJson } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';

/** google-github-actions/auth writes a file of credentials, and says its path in both. */
export const googleEnviron = ['GOOGLE_GHA_CREDS_PATH', 'GOOGLE_APPLICATION_CREDENTIALS'] as const;

const scope = 'https://www.googleapis.com/auth/cloud-platform';

/** https://google.aip.dev/auth/4117: how an identity of GitHub becomes one of Google. */
const externalSchema = v.object({
  type: v.literal('external_account'),
  audience: v.string(),
  subject_token_type: v.string(),
  token_url: v.string(),
  service_account_impersonation_url: v.nullish(v.string()),
  credential_source: v.object({
    url: v.nullish(v.string()),
    headers: v.nullish(v.record(v.string(), v.string())),
    file: v.nullish(v.string()),
    format: v.nullish(v.object({ type: v.nullish(v.string()), subject_token_field_name: v.nullish(v.string()) })),
  }),
});

const accountSchema = v.object({
  type: v.literal('service_account'),
  client_email: v.string(),
  private_key: v.string(),
  token_uri: v.string(),
});

const credentialsSchema = v.variant('type', [externalSchema, accountSchema]);

const tokenSchema = v.object({ access_token: v.string(), expires_in: v.nullish(v.number()) });
const impersonatedSchema = v.object({ accessToken: v.string() });

interface Token {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

const json = { 'content-type': 'application/json', accept: 'application/json' };
const missing = (what: string) => new HostAnswerError(`${what}: an empty answer`, 200);

async function subjectToken({ credential_source: source }: v.InferOutput<typeof externalSchema>, io: HostIO) {
  const field = source.format?.type === 'json' ? (source.format.subject_token_field_name ?? 'value') : undefined;
  let text: string;
  if (source.url) {
    const request = { method: 'GET' as const, url: source.url, headers: source.headers ?? {} };
    const schema = v.looseObject({ [field ?? 'value']: v.string() });
    const found = await askJson(io, "GitHub's identity token", request, schema);
    return String(found?.[field ?? 'value'] ?? '');
  }
  text = new TextDecoder().decode(await io.readFile(source.file ?? '')).trim();
  if (field !== undefined) text = String(parseJson(text)?.[field] ?? '');
  return text;
}

async function exchange(from: v.InferOutput<typeof externalSchema>, io: HostIO): Promise<Token> {
  const body = JSON.stringify({
    audience: from.audience,
    grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
    requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
    scope,
    subjectToken: await subjectToken(from, io),
    subjectTokenType: from.subject_token_type,
  });
  const what = "Google's token exchange";
  const sts = await askJson(io, what, { method: 'POST', url: from.token_url, headers: json, body }, tokenSchema);
  if (!sts) throw missing(what);
  const until = io.now() + (sts.expires_in ?? 3_600) * 1_000;
  const url = from.service_account_impersonation_url;
  if (!url) return { value: sts.access_token, until };
  const headers = { ...json, authorization: `Bearer ${sts.access_token}` };
  const asking = { method: 'POST' as const, url, headers, body: JSON.stringify({ scope: [scope], lifetime: '3600s' }) };
  const account = await askJson(io, "Google's service account", asking, impersonatedSchema);
  if (!account) throw missing("Google's service account");
  return { value: account.accessToken, until };
}

/** A JWT that the account's key signed, for a token: RFC 7523. */
async function signIn(account: v.InferOutput<typeof accountSchema>, io: HostIO): Promise<Token> {
  const now = Math.floor(io.now() / 1_000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: account.client_email, scope, aud: account.token_uri, iat: now, exp: now + 3_600 };
  const head = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  const assertion = `${head}.${createSign('RSA-SHA256').update(head).sign(account.private_key, 'base64url')}`;
  const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const body = new URLSearchParams(grant).toString();
  const what = "Google's token";
  const token = await askJson(io, what, { method: 'POST', url: account.token_uri, headers, body }, tokenSchema);
  if (!token) throw missing(what);
  return { value: token.access_token, until: io.now() + (token.expires_in ?? 3_600) * 1_000 };
}

/** Gives an access token, a new one shortly before the old one expires. */
export function googleToken({ token }: HostInputs): (io: HostIO) => Promise<string> {
  let current: Token | undefined;
  return async (io) => {
    if (token) return token.reveal();
    if (current && io.now() < current.until - 60_000) return current.value;
    const path = googleEnviron.map((name) => io.environ(name)).find((value) => value !== undefined);
    if (path === undefined)
      throw new DeployError('HOST_REFUSED', 'There are no credentials for Google Cloud.', {
        hint: 'Run google-github-actions/auth with workload_identity_provider before this step, with "id-token: write" in permissions, or pass an access token as host-token.',
      });
    const parsed = v.safeParse(credentialsSchema, parseJson(new TextDecoder().decode(await io.readFile(path))));
    if (!parsed.success)
      throw new DeployError(
        'HOST_REFUSED',
        'The file of Google’s credentials is neither of an external account nor of a service account.',
        {
          hint: 'Make it with google-github-actions/auth, which says its path in GOOGLE_APPLICATION_CREDENTIALS.',
        },
      );
    const { output } = parsed;
    current = output.type === 'external_account' ? await exchange(output, io) : await signIn(output, io);
    return current.value;
  };
}
