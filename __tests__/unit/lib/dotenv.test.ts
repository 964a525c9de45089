import { describe, expect, test } from '@jest/globals';
import { parseVariables } from '../../../src/lib/dotenv.ts';

const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQ==\n-----END PRIVATE KEY-----';

describe('a value without quotes is the rest of its line, as it stands', () => {
  test.each<[string, Record<string, string>]>([
    ['A=1', { A: '1' }],
    ['  A = 1  ', { A: '1' }],
    ['A=', { A: '' }],
    ['A=\nB=2', { A: '', B: '2' }],
    ['export A=1', { A: '1' }],
    ['DATABASE_URL=postgres://u:p@h/db?a=b=c', { DATABASE_URL: 'postgres://u:p@h/db?a=b=c' }],
    ['SECRET_KEY=x#y%(z # w', { SECRET_KEY: 'x#y%(z # w' }],
    ['COLOUR=#fff', { COLOUR: '#fff' }],
    ['URL=https://x.test/#part', { URL: 'https://x.test/#part' }],
    ['A=it\'s "so"', { A: 'it\'s "so"' }],
    ['A=pa"ss"word', { A: 'pa"ss"word' }],
    ['A={"a": "b # c"}', { A: '{"a": "b # c"}' }],
    ['P=C:\\new\\tmp', { P: 'C:\\new\\tmp' }],
    ['A=$B', { A: '$B' }],
    ['A=1\r\nB=2\r\n\r\n', { A: '1', B: '2' }],
    ['A=1\rB=2', { A: '1', B: '2' }],
    ['# note\n\n   # more\nA=1', { A: '1' }],
    ['A=1\nA=2', { A: '2' }],
    ['K=-----BEGIN X----- abc -----END X-----', { K: '-----BEGIN X----- abc -----END X-----' }],
  ])('%j', (text, variables) => {
    expect(parseVariables(text)).toEqual({ variables, problems: [] });
  });
});

describe('a value between quotes is what dotenv makes of it', () => {
  test.each<[string, Record<string, string>]>([
    [`KEY="${pem}"\nB=2`, { KEY: pem, B: '2' }],
    [`KEY='${pem}'`, { KEY: pem }],
    [`KEY="${pem.replaceAll('\n', '\r\n')}"\r\nB=1`, { KEY: pem, B: '1' }],
    [`KEY="${pem.replaceAll('\n', '\\n')}"`, { KEY: pem }],
    ["A='a\\nb'", { A: 'a\\nb' }],
    ['A="x # y" # note', { A: 'x # y' }],
    ['A=" spaced "', { A: ' spaced ' }],
    ['A=\'{"a": 1}\'', { A: '{"a": 1}' }],
    ['A=`it\'s "so"`', { A: 'it\'s "so"' }],
    ['A=""', { A: '' }],
    ['export A="1"', { A: '1' }],
    ['A="# no comment\n\nB=3"\nC=4', { A: '# no comment\n\nB=3', C: '4' }],
  ])('%j', (text, variables) => {
    expect(parseVariables(text)).toEqual({ variables, problems: [] });
  });
});

describe('what cannot be meant is refused with its line and without its text', () => {
  test.each<[string, string, Record<string, string>]>([
    ['hunter2', 'line 1 is not NAME=value', {}],
    ['A=1\n\nhunter2', 'line 3 is not NAME=value', { A: '1' }],
    ['1A=hunter2', 'line 1 is not NAME=value', {}],
    ['A-B=hunter2', 'line 1 is not NAME=value', {}],
    ['=hunter2', 'line 1 is not NAME=value', {}],
    ['A="hunter2\nB=2', 'line 1 opens a quote (") that nothing closes', { B: '2' }],
    ['A="hunter2" hunter2', 'line 1 goes on after the closing quote (")', {}],
    ['A="it said \\"hunter2\\""', 'line 1 goes on after the closing quote (")', {}],
    [
      `KEY=${pem}\nB=2`,
      'line 1 begins a value of several lines; put the whole of it between quotes: KEY="…"',
      { B: '2' },
    ],
    [`A="x\ny"\nhunter2`, 'line 3 is not NAME=value', { A: 'x\ny' }],
  ])('%j', (text, problem, variables) => {
    const found = parseVariables(text);
    expect(found.problems).toEqual([expect.stringContaining(problem)]);
    expect(found.variables).toEqual(variables);
    expect(found.problems.join()).not.toMatch(/hunter2|MIIE/);
  });
});
