import { describe, expect, test } from '@jest/globals';
import { diagnose } from '../../../src/release/page.ts';
import { answer } from '../../support/fakes.ts';

const said = (status: number, headers: Record<string, string>, body = '') =>
  diagnose({ kind: 'page', url: 'https://site.test/', response: answer(status, body, headers), redirects: [] });

describe('who stopped the request is named, with what lets it pass', () => {
  test.each<[string, number, Record<string, string>, string, string]>([
    ['Cloudflare', 403, { 'cf-mitigated': 'challenge', server: 'cloudflare' }, '', 'bot check'],
    ['Cloudflare', 503, { 'cf-mitigated': 'challenge' }, '', 'proof-request-header'],
    ['Cloudflare', 403, { 'cf-ray': '1', server: 'cloudflare' }, 'error code: 1020', 'Security > Events'],
    ['AWS WAF', 202, { 'x-amzn-waf-action': 'challenge' }, '', 'web ACL'],
    ['AWS WAF', 405, { 'x-amzn-waf-action': 'captcha' }, '', 'web ACL'],
    ['CloudFront', 403, { server: 'CloudFront', 'x-cache': 'Error from cloudfront' }, '', 'geographic'],
    ['Vercel', 401, { server: 'Vercel' }, '', 'x-vercel-protection-bypass'],
    ['Vercel', 403, { 'x-vercel-mitigated': 'challenge' }, '', 'x-vercel-protection-bypass'],
    ['Netlify', 401, { server: 'Netlify' }, '', 'Open the page'],
    ['Akamai', 403, { server: 'AkamaiGHost' }, 'Reference #18.', 'secret header'],
    ['basic authentication', 401, { 'www-authenticate': 'Basic realm="staging"' }, '', 'Authorization: Basic'],
    ['firewall', 403, { 'x-sucuri-id': '1' }, '', 'secret header'],
    ['allowed IP addresses', 403, { 'x-ms-forbidden-ip': '192.0.2.1' }, '', 'health-path'],
    ['allowed IP addresses', 403, {}, '<h1>Your IP address is not allowed</h1>', 'fixed one'],
  ])('%s: %d', (who, status, headers, body, advice) => {
    const sentence = said(status, headers, body);
    expect(sentence).toContain(who);
    expect(sentence).toContain(`it answers ${status}`);
    expect(sentence).toContain(advice);
  });

  test('and nobody is where the app itself asks for a login, or answers', () => {
    expect(said(403, {})).toContain('the page asks who you are');
    expect(said(401, { 'www-authenticate': 'Bearer' })).toContain('the page asks who you are');
    expect(said(200, { 'cf-ray': '1', server: 'cloudflare' })).toBeUndefined();
    expect(said(502, { 'cf-ray': '1', server: 'cloudflare' })).toContain('the app behind it is not');
  });
});
