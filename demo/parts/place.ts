import { startBucketServer } from './bucket.ts';
import { type LocalHost, type LocalHostOptions, startLocalHost } from './host.ts';

/** A bucket and a host on this machine. */
export interface Place {
  readonly endpoint: string;
  readonly host: LocalHost;
  /** Inputs by which the action syncs to this bucket. */
  readonly bucketInputs: Readonly<Record<string, string>>;
  /** Inputs by which it deploys to this host. */
  readonly hostInputs: Readonly<Record<string, string>>;
  /** Address of the bucket's static or media files. */
  urlOf(kind: 'static' | 'media'): string;
  stop(): Promise<void>;
}

/** Why no app can be served here, and what to do; undefined where one can. */
export const cannotServe = (platform: NodeJS.Platform): string | undefined =>
  platform === 'win32'
    ? 'The host on this machine serves by gunicorn, which does not run on Windows. Run this in WSL: wsl --install, and clone both repositories there.'
    : undefined;

/** @throws Error with a sentence for the user where no app can be served here. */
export async function startPlace(bucketName: string, hostOptions: LocalHostOptions): Promise<Place> {
  const reason = cannotServe(process.platform);
  if (reason !== undefined) throw new Error(reason);
  const bucket = await startBucketServer();
  try {
    await bucket.createBucket(bucketName);
    const host = await startLocalHost(hostOptions);
    return {
      endpoint: `${bucket.endpoint}/${bucketName}`,
      host,
      bucketInputs: {
        bucket: bucketName,
        endpoint: bucket.endpoint,
        'access-key-id': 'demo-key',
        'secret-access-key': 'demo-secret',
        acl: 'public-read',
      },
      hostInputs: {
        host: 'hook',
        'deploy-hook': host.hook,
        'host-options': 'body: {"artifact": "{artifact-path}", "sha": "{sha}"}',
        url: host.url,
      },
      urlOf: (kind) => `${bucket.endpoint}/${bucketName}/${kind}/`,
      async stop() {
        await host.stop();
        await bucket.stop();
      },
    };
  } catch (error) {
    await bucket.stop();
    throw error;
  }
}
