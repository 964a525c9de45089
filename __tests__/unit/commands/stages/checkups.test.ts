import { describe, expect, test } from '@jest/globals';
import { hostAsked, noWayBack, siteSeen, verdict } from '../../../../src/commands/stages/checkups.ts';
import type { Host } from '../../../../src/hosts/contract/host.ts';
import type { Checkup } from '../../../../src/report/report.ts';

describe('a host in a check', () => {
  const host: Host = { trigger: async () => ({ startedAt: 0, sha: '' }) };

  test('that was asked has answered', () => {
    const seen = hostAsked({ host: { ...host, check: async () => [] }, title: 'Harbour' });
    expect(seen).toEqual({ result: 'Harbour was asked, and knows what it is to deploy' });
  });

  test('that cannot be asked is not said to answer, and is no tick', () => {
    const seen = hostAsked({ host, title: 'the deploy hook' });
    expect(seen).toEqual({ level: 'open', result: expect.stringMatching(/^Nothing was asked: .*the deploy hook/) });
  });
});

test('a rollback that a host cannot make is a warning that says what to write', () => {
  expect(noWayBack('no hook goes back; write rollback-hook')).toMatchObject({
    level: 'warning',
    todo: 'No hook goes back; write rollback-hook. Or leave rollback out.',
  });
});

describe('a site in a check', () => {
  const deploy = { asks: true, preview: false, live: undefined };

  test.each([
    [deploy, 'Set url to'],
    [{ asks: true, preview: true, live: undefined }, 'Set preview-url in host-options to'],
  ])('of which no URL is known is a warning that says what to set: %j', (of, todo) => {
    const seen = siteSeen({ url: undefined, page: undefined }, of);
    expect(seen).toMatchObject({ level: 'warning', todo: expect.stringContaining(todo) });
  });

  test('that no host releases and no URL names is neither good nor bad', () => {
    expect(siteSeen({ url: undefined, page: undefined }, { asks: false, preview: false, live: undefined }).level).toBe(
      'open',
    );
  });

  test('that shows no page yet is no tick, and one that answers is', () => {
    const url = 'https://example.com';
    expect(siteSeen({ url, page: undefined }, deploy).level).toBe('open');
    expect(siteSeen({ url, page: '<p>' }, deploy)).toEqual({ result: `${url} answers` });
  });

  test.each<[string, { readonly status?: number }]>([
    ['answers 500', { status: 500 }],
    ['does not answer', {}],
  ])('that %s though a release is live is a warning', (how, answer) => {
    const seen = siteSeen(
      { url: 'https://example.com', page: undefined, ...answer },
      { ...deploy, live: 'c0ffee-1.1' },
    );
    expect(seen).toMatchObject({ level: 'warning', result: `https://example.com ${how}, though c0ffee-1.1 is live` });
  });
});

describe('the last sentence of a check', () => {
  const row = (name: string, level: Checkup['level']): Checkup => ({ name, level, found: '', todo: undefined });

  test('says that there is nothing to fix only where no row is a warning', () => {
    expect(verdict([row('Build', 'ok'), row('Host', 'open')], true)).toBe(
      'There is nothing to fix, and nothing was changed.',
    );
    const warned = verdict([row('Build', 'ok'), row('Settings', 'warning'), row('Site', 'warning')], true);
    expect(warned).toBe('Nothing stops a deploy, and nothing was changed. There are warnings: Settings, Site.');
    expect(verdict([row('Build', 'ok')], false)).toMatch(/was changed\. No host is named, so a deploy would ask none/);
  });
});
