import { describe, expect, test } from '@jest/globals';
import { lookAtSettings } from '../../../support/preflight.ts';

const url = 'https://shop.example';
const line = (literal: boolean) => ({ file: '/work/repo/config/settings.py', line: 28, literal, variables: [] });

describe('ALLOWED_HOSTS', () => {
  test.each([
    [['shop.example'], true],
    [['SHOP.example'], true],
    [['.example'], true],
    [['.shop.example'], true],
    [['*'], true],
    [['localhost', 'shop.example'], true],
    [[], false],
    [['localhost'], false],
    [['example'], false],
    [['www.shop.example'], false],
    [['.op.example'], false],
  ])('%j admits the live host: %s', (allowed_hosts, admitted) => {
    const found = lookAtSettings({ allowed_hosts }, { url: `${url}:8443/` });
    expect(found.map(({ id }) => id)).toEqual(admitted ? [] : ['deploy.allowed-hosts']);
  });

  test('that is written out is an error at its line, because nothing on the host changes it', () => {
    const [finding] = lookAtSettings({ allowed_hosts: [], assigned: { ALLOWED_HOSTS: line(true) } }, { url });
    expect(finding).toMatchObject({ level: 'error', at: { file: 'config/settings.py', line: 28 } });
    expect(finding?.message).toContain('Add "shop.example" to it.');
  });

  test.each([
    [[], 'Write ALLOWED_HOSTS = ["shop.example"]'],
    [['localhost'], 'Write ALLOWED_HOSTS = ["localhost", "shop.example"]'],
  ])('that is written out as %j is told the whole line to write', (allowed_hosts, whole) => {
    const [finding] = lookAtSettings({ allowed_hosts, assigned: { ALLOWED_HOSTS: line(true) } }, { url });
    expect(finding?.message.endsWith(whole)).toBe(true);
  });

  test.each([[{ ALLOWED_HOSTS: line(false) }], [{}]])('that the host may set is a warning (%j)', (assigned) => {
    const [finding] = lookAtSettings({ allowed_hosts: [], assigned }, { url });
    expect(finding).toMatchObject({ level: 'warning', message: expect.stringContaining('unless the host sets it') });
  });

  test('that has no address of a preview is told a pattern for all of them', () => {
    const settings = { allowed_hosts: [], proxy_ssl_header: false };
    const found = lookAtSettings(settings, { url: 'https://pr-7.shop.example', preview: true });
    expect(found[0]?.message).toContain('Add ".shop.example" to it, which admits those of all pull requests');
    expect(found[1]?.message).toContain('CSRF_TRUSTED_ORIGINS = ["https://*.shop.example"]');
  });

  test('is not looked at where the live address is not known', () => {
    expect(lookAtSettings({ allowed_hosts: [] })).toEqual([]);
  });
});

describe('forms behind a proxy that ends https', () => {
  const open = { proxy_ssl_header: false };

  test.each([
    [['shop.example'], 'The entry "shop.example" has no scheme'],
    [['*.example'], 'The entry "*.example" has no scheme'],
    [['http://shop.example'], 'The entry "http://shop.example" is of http'],
    [['other.example', 'http://other.example'], 'is not set. Write'],
  ])('name the entry of CSRF_TRUSTED_ORIGINS that was meant and does not count: %j', (csrf_trusted_origins, words) => {
    const [finding] = lookAtSettings({ ...open, csrf_trusted_origins }, { url });
    expect(finding?.message).toContain(words);
  });

  test.each([
    [[], false],
    [['https://shop.example'], true],
    [['https://*.example'], true],
    [['http://shop.example'], false],
    [['https://www.shop.example'], false],
    [['shop.example'], false],
  ])('pass with CSRF_TRUSTED_ORIGINS = %j: %s', (csrf_trusted_origins, passes) => {
    const found = lookAtSettings({ ...open, csrf_trusted_origins }, { url });
    expect(found.map(({ id, level }) => [id, level])).toEqual(passes ? [] : [['deploy.csrf-origins', 'warning']]);
  });

  test('need the port where there is one', () => {
    const settings = { ...open, csrf_trusted_origins: ['https://shop.example'] };
    const [finding] = lookAtSettings(settings, { url: `${url}:8443` });
    expect(finding?.message).toContain('CSRF_TRUSTED_ORIGINS = ["https://shop.example:8443"]');
  });

  test.each([
    ['the proxy’s header is believed', { proxy_ssl_header: true }, url],
    ['there is no CsrfViewMiddleware', { ...open, csrf: false }, url],
    ['Django is older than 4.0', { ...open, django: '3.2.25' }, url],
    ['the site is not https', open, 'http://shop.example'],
  ])('pass where %s', (_why, settings, address) => {
    expect(lookAtSettings(settings, { url: address })).toEqual([]);
  });
});

test('a redirect to https that does not believe the proxy is a loop, at its line', () => {
  const settings = { ssl_redirect: true, proxy_ssl_header: false, assigned: { SECURE_SSL_REDIRECT: line(true) } };
  expect(lookAtSettings(settings)).toMatchObject([
    { level: 'warning', id: 'deploy.redirect-loop', at: { line: 28 }, message: expect.stringContaining('HTTP_X_') },
  ]);
  expect(lookAtSettings({ ...settings, proxy_ssl_header: true })).toEqual([]);
});

test.each([true, false])(
  'a redirect to https from a site at http:// leads to nothing, at its line (proxy: %s)',
  (proxy) => {
    const settings = { ssl_redirect: true, proxy_ssl_header: proxy, assigned: { SECURE_SSL_REDIRECT: line(true) } };
    expect(lookAtSettings(settings, { url: 'http://shop.example' })).toMatchObject([
      {
        level: 'warning',
        id: 'deploy.https-redirect',
        at: { line: 28 },
        message: expect.stringContaining('= False until'),
      },
    ]);
  },
);
