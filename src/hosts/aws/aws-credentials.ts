import { DeployError } from '../../core/errors.ts';
import { createAgent } from '../../store/s3/agent.ts';
import { createSdk } from '../../store/s3/sdk.ts';
import type { SigningCredentials } from '../../store/s3/signature.ts';
import type { HostInputs, HostIO } from '../contract/host.ts';
import { option } from '../contract/options.ts';

/** Variables that the hosts of AWS read by themselves; the rest of the chain belongs to the SDK. */
export const awsEnviron = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
] as const;

/** The option that goes with `host-token` where keys are given instead of a role. */
export const keyOption = {
  name: 'access-key-id',
  example: 'AKIAIOSFODNN7EXAMPLE',
  meaning: 'the id of the access key whose secret is `host-token`; leave both out with a role',
} as const;

/** `host-token` and its id go together. */
export function checkKeys({ token, options }: HostInputs): string | undefined {
  const id = option(options, 'access-key-id');
  if (token && !id) return 'access-key-id is missing; write the id of the access key whose secret is host-token';
  return id && !token ? 'access-key-id needs the secret of that key; pass it as host-token' : undefined;
}

/** Keys of the inputs, then of the environment, then the SDK's chain: an OIDC role, a profile, the instance. */
export async function awsCredentials(inputs: HostInputs, io: HostIO): Promise<SigningCredentials> {
  const id = option(inputs.options, 'access-key-id');
  if (id && inputs.token) return { accessKeyId: id, secretAccessKey: inputs.token.reveal() };
  const accessKeyId = io.environ('AWS_ACCESS_KEY_ID');
  const secretAccessKey = io.environ('AWS_SECRET_ACCESS_KEY');
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, sessionToken: io.environ('AWS_SESSION_TOKEN') };
  // The SDK that buckets use holds the whole chain; a client for each service would add 0.5 MB each to dist/.
  const region = () => io.environ('AWS_REGION') ?? 'us-east-1';
  const agent = await createAgent();
  const chain = await createSdk({
    bucket: 'none',
    endpoint: undefined,
    region,
    pathStyle: false,
    credentials: undefined,
    agent,
  });
  try {
    return await chain.credentials(false);
  } catch (cause) {
    throw new DeployError('HOST_REFUSED', 'There are no credentials for AWS.', {
      hint: 'Run aws-actions/configure-aws-credentials with role-to-assume before this step, with "id-token: write" in permissions.',
      cause,
    });
  } finally {
    chain.close();
    await agent.close();
  }
}
