import { describe, expect, test } from '@jest/globals';
import { parseListing, unescapeXml, xmlText } from '../../../../src/store/s3/listing-xml.ts';

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
    });
  });

  test.each<[string, string]>([
    ['before the objects', '<IsTruncated>true</IsTruncated><NextMarker>m</NextMarker>{objects}'],
    ['behind them', '{objects}<IsTruncated>true</IsTruncated><NextMarker>m</NextMarker>'],
  ])('says %s whether there is more', (_where, form) => {
    const objects = '<Contents><Key>IsTruncated</Key><Size>1</Size></Contents>';
    expect(parse(`<R>${form.replace('{objects}', objects)}</R>`)).toMatchObject({ truncated: true, marker: 'm' });
  });

  test('of nothing has no objects', () => {
    expect(parse('<ListBucketResult/>')).toEqual({
      objects: [],
      truncated: false,
      token: undefined,
      marker: undefined,
    });
  });

  test('that was cut in an object has those before it', () => {
    expect(parse('<R><Contents><Key>a</Key></Contents><Contents><Key>b</Ke').objects.map(({ key }) => key)).toEqual([
      'a',
    ]);
  });
});

test.each([
  ['a &amp; b', 'a & b'],
  ['&amp;lt;', '&lt;'],
  ['&#128674;&#x1F6A2;', '🚢🚢'],
  ['&unknown;', '&unknown;'],
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
