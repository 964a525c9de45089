import { expect, test } from '@jest/globals';
import { encryptionHeaders, sdkEncryption } from '../../../../src/store/s3/encryption.ts';

const arn = 'arn:aws:kms:eu-west-1:111122223333:key/abc';

test.each([
  [undefined, {}, {}],
  ['AES256', { 'x-amz-server-side-encryption': 'AES256' }, { ServerSideEncryption: 'AES256' }],
  ['aws:kms', { 'x-amz-server-side-encryption': 'aws:kms' }, { ServerSideEncryption: 'aws:kms' }],
  [
    `aws:kms:${arn}`,
    { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': arn },
    { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: arn },
  ],
  ['aws:kms:dsse', { 'x-amz-server-side-encryption': 'aws:kms:dsse' }, { ServerSideEncryption: 'aws:kms:dsse' }],
])('%s is sent as headers, by hand and by the SDK', (encryption, headers, frame) => {
  expect([encryptionHeaders(encryption), sdkEncryption(encryption)]).toEqual([headers, frame]);
});
