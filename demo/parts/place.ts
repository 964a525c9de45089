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

export async function startPlace(bucketName: string, hostOptions: LocalHostOptions): Promise<Place> {
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
