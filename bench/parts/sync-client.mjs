import { S3Client } from '@aws-sdk/client-s3';
import { S3SyncClient } from 's3-sync-client';

// Copied beside the installed packages, where it finds them.
const [folder, endpoint, bucket] = process.argv.slice(2);
const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
const { sync } = new S3SyncClient({ client });
await sync(folder, `s3://${bucket}`, { maxConcurrentTransfers: 64 });
