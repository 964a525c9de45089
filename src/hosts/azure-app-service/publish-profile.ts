/** What of a publish profile a deploy needs: https://learn.microsoft.com/azure/app-service/deploy-github-actions */
export interface PublishProfile {
  /** Host and port of the site's SCM. */
  readonly scm: string;
  readonly user: string;
  readonly password: string;
  /** Public address of the app, which the profile alone knows: names can have a random part. */
  readonly url: string | undefined;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const attribute = (element: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`)
    .exec(element)?.[1]
    ?.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, entity: string) => entities[entity] ?? '');

export const looksLikeProfile = (text: string): boolean => /<publish(Data|Profile)\b/.test(text);

/** The profile for zip deploys, or the one for Web Deploy, whose credentials are the same. */
export function readProfile(text: string): PublishProfile | undefined {
  const found = [...text.matchAll(/<publishProfile\b[^>]*>/g)].map(([element]) => element);
  const byMethod = (method: string) => found.find((element) => attribute(element, 'publishMethod') === method);
  const element = byMethod('ZipDeploy') ?? byMethod('MSDeploy');
  if (element === undefined) return undefined;
  const scm = attribute(element, 'publishUrl');
  const user = attribute(element, 'userName');
  const password = attribute(element, 'userPWD');
  if (!scm || !user || !password) return undefined;
  const url = attribute(element, 'destinationAppUrl')?.replace(/^http:/, 'https:');
  return { scm: scm.replace(/:443$/, ''), user, password, url };
}

/** Parts of a profile that are credentials, also as they are sent. */
export function profileSecrets(text: string): string[] {
  const profile = readProfile(text);
  if (!profile) return [];
  return [profile.password, Buffer.from(`${profile.user}:${profile.password}`).toString('base64')];
}
