/** `aws:kms:<key>` as algorithm and key; a key may be an ARN, with colons in it. */
function parts(encryption: string): { readonly algorithm: string; readonly key: string | undefined } {
  const [, algorithm = encryption, key] = /^(aws:kms(?::dsse)?)(?::(.+))?$/.exec(encryption) ?? [];
  return { algorithm, key };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html, the headers of server-side encryption. */
export function encryptionHeaders(encryption: string | undefined): Record<string, string> {
  if (encryption === undefined) return {};
  const { algorithm, key } = parts(encryption);
  const own = { 'x-amz-server-side-encryption': algorithm };
  return key ? { ...own, 'x-amz-server-side-encryption-aws-kms-key-id': key } : own;
}

/** The same for an upload in parts, which the SDK begins. */
export function sdkEncryption(encryption: string | undefined) {
  if (encryption === undefined) return {};
  const { algorithm, key } = parts(encryption);
  const own = { ServerSideEncryption: algorithm as 'AES256' | 'aws:kms' | 'aws:kms:dsse' };
  return key ? { ...own, SSEKMSKeyId: key } : own;
}
