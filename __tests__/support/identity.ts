import { type Identity, makeIdentity } from '../../src/core/identity.ts';
import { createContext } from './context.ts';

/** The identity of an environment of the repository in tests: `preview/pr-7` is that of pull request #7. */
export function identityOf(
  environment = 'production',
  workingDirectory = '.',
  repository = createContext().repositoryId,
): Identity {
  const number = /\/pr-(\d+)$/.exec(environment)?.[1];
  const pullRequest = number === undefined ? undefined : Number(number);
  return makeIdentity({ repository, workingDirectory, environment, pullRequest });
}
