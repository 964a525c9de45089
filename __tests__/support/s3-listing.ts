/** An object as a listing shows it. */
export interface Listed {
  readonly size: number;
  readonly etag: string;
  readonly modified?: number;
}

const inXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One page with all objects below a prefix, in the order of their keys. */
export function listingXml(objects: ReadonlyMap<string, Listed>, prefix: string): string {
  const found = [...objects].filter(([key]) => key.startsWith(prefix)).sort(([one], [other]) => (one < other ? -1 : 1));
  const contents = found.map(
    ([key, { size, etag, modified = 0 }]) =>
      `<Contents><Key>${inXml(key)}</Key><LastModified>${new Date(modified).toISOString()}</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size></Contents>`,
  );
  const head = `<Prefix>${inXml(prefix)}</Prefix><IsTruncated>false</IsTruncated>`;
  return `<?xml version="1.0"?><ListBucketResult>${head}${contents.join('')}</ListBucketResult>`;
}
