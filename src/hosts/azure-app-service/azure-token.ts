import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import { askJson } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { apiUrl, option } from '../contract/options.ts';

const scope = 'https://management.azure.com/.default';
const audience = 'api://AzureADTokenExchange';

/**
 * Gives an access token for Azure: the one of the inputs, or GitHub's identity exchanged for one, new where it expires.
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation
 */
export function azureToken({ token, options }: HostInputs): (io: HostIO) => Promise<string> {
  let current: { readonly value: string; readonly until: number } | undefined;
  return async (io) => {
    if (token) return token.reveal();
    if (current && io.now() < current.until - 60_000) return current.value;
    const client = option(options, 'client-id') ?? io.environ('AZURE_CLIENT_ID');
    const tenant = option(options, 'tenant-id') ?? io.environ('AZURE_TENANT_ID');
    const url = io.environ('ACTIONS_ID_TOKEN_REQUEST_URL');
    const requestToken = io.environ('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
    if (!client || !tenant)
      throw new DeployError('INVALID_INPUTS', 'It is not known as whom to sign in to Azure.', {
        hint: 'Write "client-id" and "tenant-id" of the federated identity into host-options.',
      });
    if (!url || !requestToken)
      throw new DeployError('HOST_REFUSED', 'GitHub gives this job no identity token for Azure.', {
        hint: 'Add "id-token: write" to permissions of the job.',
      });
    const asked = new URL(url);
    asked.searchParams.set('audience', audience);
    const headers = { authorization: `Bearer ${requestToken}`, accept: 'application/json' };
    const schema = v.object({ value: v.string() });
    const identity = await askJson(io, "GitHub's identity token", { method: 'GET', url: asked.href, headers }, schema);
    const form = new URLSearchParams({
      client_id: client,
      scope,
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: identity?.value ?? '',
    });
    const signIn = {
      method: 'POST' as const,
      url: `${apiUrl(options, 'https://login.microsoftonline.com').replace(/\/$/, '')}/${tenant}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
    };
    const tokenSchema = v.object({ access_token: v.string(), expires_in: v.nullish(v.number()) });
    const answer = await askJson(io, "Azure's token", signIn, tokenSchema);
    if (!answer) throw new HostAnswerError("Azure's token: an empty answer", 200);
    current = { value: answer.access_token, until: io.now() + (answer.expires_in ?? 3_600) * 1_000 };
    return current.value;
  };
}
