import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { makeMark } from '../../src/databases/trusted-sources/mark.ts';
import { takeOutLeftover } from '../../src/runner/leftover-rule.ts';
import { cluster, startFirewall } from '../support/trusted-sources/digitalocean.ts';
import { type HeldRule, type SourceEmulator, sourceToken } from '../support/trusted-sources/source-emulator.ts';

/** The end of a job whose step left a rule in the firewall of the database. */
const source = `digitalocean:${cluster}`;
const mark = makeMark('1296269', { id: 1001, attempt: 1 }, Date.parse('2026-03-01T18:00:00Z'));
const next = makeMark('1296269', { id: 1002, attempt: 1 }, Date.parse('2026-03-01T18:00:00Z'));
let firewall: SourceEmulator;
let others: readonly HeldRule[];

beforeEach(async () => {
  firewall = await startFirewall();
  await firewall.put('203.0.113.8', next);
  others = await firewall.rules();
  await firewall.put('203.0.113.7', mark);
});
afterEach(() => firewall.stop());

async function post(state: string, given: Record<string, string> = {}): Promise<string> {
  const inputs: Record<string, string> = {
    'trusted-source': source,
    'trusted-source-token': sourceToken,
    'host-options': `api-url: ${firewall.origin}`,
    ...given,
  };
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    await takeOutLeftover(state, (name) => inputs[name] ?? '', {});
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}

test('takes out that rule, and no other', async () => {
  expect(await post(JSON.stringify({ source, mark }))).toContain('Took this runner out again at DigitalOcean.');
  expect(await firewall.rules()).toEqual(others);
});

test('a rule that is gone already is fine', async () => {
  await post(JSON.stringify({ source, mark }));
  expect(await post(JSON.stringify({ source, mark }))).not.toContain('::error');
});

test.each([
  ['that is no JSON', 'x', 'it is not JSON'],
  ['without a mark', JSON.stringify({ source }), '`mark` is missing'],
  ['with a rule of others', JSON.stringify({ source, mark: 'the office' }), '`mark` is not the mark of a rule'],
  ['of another database', JSON.stringify({ source: 'render:dpg-1', mark }), 'this step names another database'],
])('a state %s changes nothing, and is an error', async (_, state, why) => {
  const before = await firewall.rules();
  expect(await post(state)).toMatch(/^::error::/);
  expect(await post(state)).toContain(why);
  expect(await firewall.rules()).toEqual(before);
  expect(firewall.requests).toEqual([]);
});

test.each([
  ['a token that was revoked', { 'trusted-source-token': 'revoked' }, 'HTTP 401'],
  ['no token', { 'trusted-source-token': '' }, 'HTTP 401'],
])('%s is an error that names the rule and says what to type', async (_, given, why) => {
  const log = await post(JSON.stringify({ source, mark }), given);
  expect(log).toContain(`::error::DigitalOcean still lets this runner in by ${mark}`);
  expect(log).toContain(why);
  expect(log).toContain(`doctl databases firewalls list ${cluster}`);
});
