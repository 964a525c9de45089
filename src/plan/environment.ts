import { DeployError } from '../core/errors.ts';
import { type Identity, makeIdentity } from '../core/identity.ts';
import type { Context } from '../event/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { branchGlobs } from '../lib/globs.ts';

/** Name of the environment of previews where the inputs name none. */
const previews = 'preview';

/**
 * Whether a push goes to production: the default branch, or one that the input production-branch names; tags and releases do
 * always. If the event does not name the default branch, main and master are it.
 */
export function isProduction({ branch, defaultBranch, event }: Context, { productionBranches }: Inputs): boolean {
  if (branch === undefined || event === 'release') return true;
  if (productionBranches.length > 0) return branchGlobs(productionBranches)(branch);
  return branch === (defaultBranch ?? (/^(main|master)$/.test(branch) ? branch : undefined));
}

/** The GitHub environment of a push: `production` for production branches, tags and releases, else the branch's own name. */
function environmentOf(context: Context, inputs: Inputs): string {
  const { branch } = context;
  if (branch === undefined || isProduction(context, inputs)) return 'production';
  if (branch === 'production') {
    throw new DeployError(
      'INVALID_INPUTS',
      'The branch "production" would share its environment with the production branch.',
      { hint: `Name the environments of both, for example environment: \${{ github.ref_name }}` },
    );
  }
  return branch;
}

const identityIn = (inputs: Inputs, context: Context, environment: string, pullRequest?: number): Identity => {
  const { workingDirectory } = inputs;
  return makeIdentity({ repository: context.repositoryId, workingDirectory, environment, pullRequest });
};

/** The identity of a pull request's preview. What is taken away with it is nobody else's. */
export const previewIdentity = (inputs: Inputs, context: Context, pullRequest: number): Identity =>
  identityIn(inputs, context, inputs.environment ?? previews, pullRequest);

/** The identity of every run that is not of a preview. */
export const pushIdentity = (inputs: Inputs, context: Context): Identity =>
  identityIn(inputs, context, inputs.environment ?? environmentOf(context, inputs));

/**
 * Names of environments are the same at GitHub in capitals and not:
 * https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
 * @throws DeployError INVALID_INPUTS if something that is not a preview would take the name of one.
 */
export function refusePreviewName({ kind, name }: Identity): void {
  if (kind === 'preview' || !/\/pr-\d+\s*$/i.test(name)) return;
  throw new DeployError('INVALID_INPUTS', `The environment "${name}" has the name of a preview, and this is not one.`, {
    hint: 'Name another one, for example "environment: staging". Names that end in /pr-<number> belong to pull requests.',
  });
}
