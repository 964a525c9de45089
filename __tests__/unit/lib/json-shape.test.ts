import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { count, filled, hex, mapOf, moment, parseJson, parseValue } from '../../../src/lib/json-shape.ts';

const key = v.pipe(
  v.string(),
  v.check((text) => text !== 'bad', 'not a good name'),
);
const schema = v.object({
  name: filled,
  size: count(1),
  sum: hex(4, 8),
  at: v.exactOptional(moment),
  state: v.exactOptional(v.picklist(['on', 'off'])),
  maybe: v.nullable(v.string()),
  either: v.exactOptional(v.union([v.string(), v.boolean()])),
  parts: v.array(v.object({ line: count() })),
  files: mapOf(v.object({ sum: hex(4) }), key),
});
const sound = {
  name: 'a',
  size: 1,
  sum: 'abcd',
  maybe: null,
  parts: [{ line: 1 }],
  files: { 'a.css': { sum: '0123' } },
};

describe('the shape of JSON', () => {
  test('gives back what it describes', () => {
    expect(parseValue(sound, schema)).toEqual({ value: sound });
    expect(parseValue({ ...sound, more: 1 }, schema)).toEqual({ value: sound });
  });

  test.each<[unknown, string]>([
    [null, 'it is null instead of an object'],
    [[], '`name` is missing'],
    ['{}', 'it is a string instead of an object'],
    [{ ...sound, name: undefined }, '`name` is missing'],
    [{ ...sound, name: 5 }, '`name` is a number instead of a string'],
    [{ ...sound, name: '' }, '`name` is empty'],
    [{ ...sound, size: 0 }, '`size` is not a whole number from 1'],
    [{ ...sound, size: 1.5 }, '`size` is not a whole number from 1'],
    [{ ...sound, size: Number.POSITIVE_INFINITY }, '`size` is not a whole number from 1'],
    [{ ...sound, sum: 'abcde' }, '`sum` is not 4 or 8 hex digits'],
    [{ ...sound, at: 'soon' }, '`at` is not a time in ISO 8601'],
    [{ ...sound, state: 'odd' }, '`state` is a string instead of "on" or "off"'],
    [{ ...sound, maybe: {} }, '`maybe` is an object instead of a string'],
    [{ ...sound, either: 5 }, '`either` is a number instead of a string or true or false'],
    [{ ...sound, parts: [{ line: 1 }, {}] }, '`parts.1.line` is missing'],
    [{ ...sound, files: [] }, '`files` is not an object'],
    [{ ...sound, files: { 'a.css': { sum: 'x' } } }, '`files.a.css.sum` is not 4 hex digits'],
    [{ ...sound, files: { 'a.css': null } }, '`files.a.css` is null instead of an object'],
    [{ ...sound, files: { bad: { sum: '0123' } } }, '`files.bad` is in a place whose name is not a good name'],
  ])('of %j is wrong in words', (value, wrong) => {
    expect(parseValue(value, schema)).toEqual({ wrong });
  });

  test('keeps names that mean something to JavaScript', () => {
    const text = '{"__proto__": "aaaa", "constructor": "bbbb", "prototype": "cccc", "toString": "dddd"}';
    const { value } = parseJson(text, mapOf(hex(4)));
    expect(Object.keys(value ?? {})).toEqual(['__proto__', 'constructor', 'prototype', 'toString']);
    expect(parseJson('{"__proto__": 5}', mapOf(hex(4)))).toEqual({
      wrong: '`__proto__` is a number instead of a string',
    });
  });

  test('never shows a value, and of a name only a short and harmless one', () => {
    const { wrong = '' } = parseValue({ [`a\n::error::\`${'x'.repeat(500)}`]: 'secret' }, mapOf(v.number()));
    expect(wrong).toMatch(/^`a\?::error::\?x+…` is a string instead of a number$/);
    expect(wrong.length).toBeLessThan(180);
  });

  test('is one sentence for whatever JSON there is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { wrong = '' } = parseValue(value, schema);
        expect(wrong).toMatch(/^(it|`[^`]+`) is [^\n]+$/);
      }),
    );
  });
});

describe('a text', () => {
  test.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['{"name": ', 'it is not JSON'],
    ['<html></html>', 'it is not JSON'],
    ['1', 'it is a number instead of an object'],
    ['['.repeat(1_000_001), 'it has more than 1,000,000 "["'],
    [`[${'{},'.repeat(1_000_001)}{}]`, 'it has more than 1,000,000 "{"'],
    [`[${'0,'.repeat(4_000_001)}0]`, 'it has more than 4,000,000 ","'],
  ])('%.20s', (text, wrong) => {
    expect(parseJson(text, schema)).toEqual({ wrong });
  });
});
