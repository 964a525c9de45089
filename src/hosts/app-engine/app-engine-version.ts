import type { ReleaseRequest } from '../contract/host.ts';
import type { Service, Version } from './app-engine-api.ts';

/** What the next version takes over from the one that serves: everything that app.yaml says. */
const taken = [
  'runtime',
  'runtimeChannel',
  'runtimeApiVersion',
  'runtimeMainExecutablePath',
  'serviceAccount',
  'env',
  'entrypoint',
  'instanceClass',
  'automaticScaling',
  'basicScaling',
  'manualScaling',
  'handlers',
  'errorHandlers',
  'libraries',
  'inboundServices',
  'threadsafe',
  'vm',
  'appEngineApis',
  'betaSettings',
  'envVariables',
  'buildEnvVariables',
  'defaultExpiration',
  'healthCheck',
  'readinessCheck',
  'livenessCheck',
  'network',
  'resources',
  'vpcAccessConnector',
  'flexibleRuntimeSettings',
  'endpointsApiService',
  'zones',
];

/** A version's id: letters, digits and hyphens, 63 at most; it begins with a letter, and never with `ah-`. */
export const versionId = ({ release }: ReleaseRequest): string =>
  `v${release.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 63);

/** The name of the source in its bucket, which holds the whole commit, because the version's id has no room for it. */
export const sourceName = (service: string, { release, sha }: ReleaseRequest): string =>
  `deploy-django/${service}/${release}-${sha}.zip`;

export const commitOf = ({ deployment }: Version): string | undefined =>
  /-([0-9a-f]{40})\.zip$/.exec(deployment?.zip?.sourceUrl ?? '')?.[1];

/** The same version with other code, and variables added. */
export function nextVersion(
  base: Version,
  id: string,
  sourceUrl: string,
  variables: Readonly<Record<string, string>>,
): object {
  const kept = Object.entries(base).filter(([name, value]) => taken.includes(name) && value != null);
  const envVariables = { ...base.envVariables, ...variables };
  return { ...Object.fromEntries(kept), id, envVariables, deployment: { zip: { sourceUrl } } };
}

/** The version that gets the most traffic. */
export function serving({ split }: Service): string | undefined {
  const shares = Object.entries(split?.allocations ?? {});
  return shares.toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

export const hasAll = ({ split }: Service, version: string): boolean => (split?.allocations?.[version] ?? 0) >= 0.999;
