import { describe, expect, test } from '@jest/globals';
import { ListingError, parseListing, unescapeXml, xmlText } from '../../../../src/store/s3/listing-xml.ts';

const parse = (text: string) => parseListing(Buffer.from(text));

describe('a page of a listing', () => {
  test('has of every object what is needed, in whatever order and whatever else there is', () => {
    const page = parse(`<?xml version="1.0"?>
      <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <Name>b</Name><Prefix>Key</Prefix>
        <Contents>
          <Owner><ID>1</ID><DisplayName>&lt;Key&gt;</DisplayName></Owner>
          <Size>12</Size><ETag>&quot;abc-2&quot;</ETag><Key>static/a.css</Key>
          <LastModified>2026-03-01T12:00:00.000Z</LastModified><StorageClass>STANDARD</StorageClass>
        </Contents>
        <Contents><Key>b</Key><LastModified>2026-03-01T12:00:01Z</LastModified><ETag>"d"</ETag><Size>0</Size></Contents>
        <IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b=</NextContinuationToken>
      </ListBucketResult>`);
    expect(page).toEqual({
      objects: [
        { key: 'static/a.css', size: 12, etag: 'abc-2', lastModified: Date.parse('2026-03-01T12:00:00Z') },
        { key: 'b', size: 0, etag: 'd', lastModified: Date.parse('2026-03-01T12:00:01Z') },
      ],
      truncated: true,
      token: 'a&b=',
      marker: undefined,
      prefix: 'Key',
    });
  });

  test.each<[string, string]>([
    ['before the objects', '<IsTruncated>true</IsTruncated><NextMarker>m</NextMarker>{objects}'],
    ['behind them', '{objects}<IsTruncated>true</IsTruncated><NextMarker>m</NextMarker>'],
  ])('says %s whether there is more', (_where, form) => {
    const objects = '<Contents><Key>IsTruncated</Key><Size>1</Size></Contents>';
    expect(parse(`<ListBucketResult>${form.replace('{objects}', objects)}</ListBucketResult>`)).toMatchObject({
      truncated: true,
      marker: 'm',
    });
  });

  test('of nothing has no objects', () => {
    expect(parse('<ListBucketResult/>')).toEqual({
      objects: [],
      truncated: false,
      token: undefined,
      marker: undefined,
      prefix: undefined,
    });
  });

  test('has its keys as they stand in addresses where it says so', () => {
    const object = '<Contents><Key>a+b/%2B%25%C3%BC</Key><Size>1</Size></Contents>';
    const own = '<EncodingType>url</EncodingType><Prefix>a+b/</Prefix><NextMarker>a+b/c</NextMarker>';
    const read = (inner: string) => parse(`<ListBucketResult>${inner}</ListBucketResult>`);
    expect(read(own + object)).toMatchObject({ objects: [{ key: 'a b/+%ü' }], prefix: 'a b/', marker: 'a b/c' });
    expect(read(object)).toMatchObject({ objects: [{ key: 'a+b/%2B%25%C3%BC' }] });
    expect(() => read(`${own}${object.replace('%C3', '%ZZ')}`)).toThrow(ListingError);
  });

  const object = '<Contents><Key>a</Key><Size>1</Size></Contents>';
  test.each<[string, string]>([
    ['is empty', ''],
    ['is an error with status 200', '<?xml version="1.0"?><Error><Code>InternalError</Code></Error>'],
    ['is a page of HTML', '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['is JSON', '{"Contents": []}'],
    ['is the listing of something else', '<ListAllMyBucketsResult></ListAllMyBucketsResult>'],
    ['is cut before its end', `<ListBucketResult>${object}`],
    ['is cut in an object', `<ListBucketResult>${object}<Contents><Key>b</Ke`],
    ['has something behind its end', `<ListBucketResult>${object}</ListBucketResult><html>`],
    ['has an object without a key', '<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>'],
    ['has an object without a size', '<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>'],
    ['counts more objects than it has', `<ListBucketResult><KeyCount>2</KeyCount>${object}</ListBucketResult>`],
    [
      'has objects of another namespace',
      '<ListBucketResult><s3:Contents><Key>a</Key></s3:Contents></ListBucketResult>',
    ],
    [
      'has objects with attributes',
      `<ListBucketResult>${object}<Contents xmlns=""><Key>b</Key></Contents></ListBucketResult>`,
    ],
    ['has an object that does not end', '<ListBucketResult><Contents><Key>a</Key><Size>1</Size></ListBucketResult>'],
  ])('that %s is an error, and never a listing without objects', (_how, text) => {
    expect(() => parse(text)).toThrow(ListingError);
  });
});

describe('whether a page is the last', () => {
  const objects = (count: number) =>
    Array.from({ length: count }, (_, at) => `<Contents><Key>${at}</Key><Size>1</Size></Contents>`).join('');
  test.each<[string, string, boolean]>([
    ['is, if it is not full', objects(3), false],
    ['is not, if it is full', objects(1_000), true],
    ['is not, if it is full by its own measure', `<MaxKeys>3</MaxKeys>${objects(3)}`, true],
    ['is not, if it says so in the other way of XML', `<IsTruncated>1</IsTruncated>${objects(3)}`, true],
    ['is not, if it is full and says what is neither', `<IsTruncated>?</IsTruncated>${objects(1_000)}`, true],
    ['is, if it is full and says so', `<IsTruncated>0</IsTruncated>${objects(1_000)}`, false],
    ['is not, if it says how to go on', `${objects(3)}<NextContinuationToken>a</NextContinuationToken>`, true],
  ])('%s', (_how, text, truncated) => {
    expect(parse(`<ListBucketResult>${text}</ListBucketResult>`).truncated).toBe(truncated);
  });
});

test.each([
  ['a &amp; b', 'a & b'],
  ['&amp;lt;', '&lt;'],
  ['&#128674;&#x1F6A2;', '🚢🚢'],
  ['&unknown;', '&unknown;'],
  ['&#x110000;', '&#x110000;'],
  ['no entity & none', 'no entity & none'],
])('%j is the text %j', (xml, text) => {
  expect(unescapeXml(xml)).toBe(text);
});

describe('the text of an element', () => {
  test('is what stands in the first of its name', () => {
    expect(xmlText(Buffer.from('<Error><Code>A&amp;B</Code><Code>C</Code></Error>'), 'Code')).toBe('A&B');
  });

  test('is undefined where there is none', () => {
    expect(xmlText(Buffer.from('<html>Bad Gateway</html>'), 'Code')).toBeUndefined();
  });
});
