import { formatBytes, listSome } from '../../lib/text.ts';

/** The largest archive of a project that hosts take, in bytes. */
const limits = [
  // https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/applications-sourcebundle.html
  { host: 'Elastic Beanstalk', bytes: 500_000_000 },
  // https://www.heroku.com/blog/bigger-slugs-and-greater-build-timeout-flexibility: the slug, packages with it.
  { host: 'Heroku', bytes: 1_000_000_000 },
] as const;

/** Says which hosts do not take an archive of this size, and what to do; undefined where all do. */
export function tooLarge(bytes: number): string | undefined {
  const refusing = limits.filter((limit) => bytes > limit.bytes);
  if (refusing.length === 0) return undefined;
  const hosts = refusing.map((limit) => `${limit.host} (${formatBytes(limit.bytes)})`);
  return `The artifact has ${formatBytes(bytes)}, more than these hosts take: ${listSome(hosts, 4)}. Keep out of it what the app does not need, by lines such as "docs export-ignore" in .gitattributes.`;
}
