/** Whose repository this is, as `repository` of package.json says: the one place where the name stands. */
export function ownerOf(packageJson: string): string {
  const { repository } = JSON.parse(packageJson) as { readonly repository: string };
  const [, owner] = /^github:([A-Za-z0-9-]+)\/deploy-django$/.exec(repository) ?? [];
  if (owner === undefined) throw new Error('repository of package.json is not "github:NAME/deploy-django".');
  return owner;
}

/** The text with the owner's name wherever it names this action, its repository or who looks after it. */
export const withOwner = (text: string, owner: string): string =>
  text
    .replace(/(?<=uses: )[A-Za-z0-9-]+(?=\/deploy-django@)/g, owner)
    .replace(/(?<=github\.com\/)[A-Za-z0-9-]+(?=\/deploy-django\b)/g, owner)
    .replace(/^\* @[A-Za-z0-9-]+$/gm, `* @${owner}`);
