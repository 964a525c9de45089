import { describe, expect, test } from '@jest/globals';
import type { HostOptions, RollbackTarget } from '../../../../src/hosts/contract/host.ts';
import { hook } from '../../../../src/hosts/hook/hook.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { answer } from '../../../support/fakes.ts';
import { createHostInputs, createReleaseRequest, fakeHostIO, json } from '../../../support/host-io.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const startedAt = Date.parse('2026-03-01T12:00:00Z');
const deployHook = new Secret('https://hooks.example.com/deploy?key=production-key');
const hostOf = (options: HostOptions) => hook.create(createHostInputs({ deployHook, options }));
const request = createReleaseRequest({ environment: 'preview/pr-7', branch: 'a/b?c=d&e' });

const previewHook = { 'preview-hook': ['https://hooks.example.com/preview/{pr}?key=preview-key'] };
const teardownHook = { 'teardown-hook': ['https://hooks.example.com/teardown/{pr}?env={environment}'] };

function previewOf(options: HostOptions = {}) {
  const preview = hostOf({ ...previewHook, ...options }).preview?.(7);
  if (!preview) throw new Error('no preview');
  return preview;
}

describe('a preview', () => {
  test('is asked of its own hook, never of production’s', async () => {
    const io = fakeHostIO(() => json({ id: 'job-1' }));
    expect(await previewOf().trigger(request, io)).toEqual({ id: 'job-1', sha, startedAt });
    expect(io.requests).toMatchObject([
      { method: 'POST', url: 'https://hooks.example.com/preview/7?key=preview-key', body: '' },
    ]);
  });

  test('has its number in body and headers too', async () => {
    const io = fakeHostIO(() => answer(200));
    await previewOf({ body: ['{"pr": {pr}, "env": "{environment}"}'], header: ['X-Pull: {pr}'] }).trigger(request, io);
    expect(io.requests[0]?.body).toBe('{"pr": 7, "env": "preview/pr-7"}');
    expect(io.requests[0]?.headers).toMatchObject({ 'x-pull': '7' });
  });

  test('has every value in its URL as one part of it', async () => {
    const io = fakeHostIO(() => answer(200));
    const url = 'https://pr-{pr}.example.com/{environment}?branch={branch}';
    await previewOf({ 'preview-hook': [url] }).trigger(request, io);
    expect(io.requests[0]?.url).toBe('https://pr-7.example.com/preview%2Fpr-7?branch=a%2Fb%3Fc%3Dd%26e');
  });

  test('that is refused does not show its URL', async () => {
    const failing = previewOf().trigger(
      request,
      fakeHostIO(() => answer(403)),
    );
    await expect(failing).rejects.toThrow(/^the preview hook: HTTP 403$/);
  });

  test('is none where there is no hook for it', () => {
    expect(hostOf({}).preview).toBeUndefined();
  });
});

describe('taking a preview away', () => {
  test('asks the teardown hook', async () => {
    const io = fakeHostIO(() => answer(200));
    expect(await previewOf(teardownHook).destroy(request, io)).toMatchObject({ outcome: 'removed' });
    expect(io.requests).toMatchObject([{ url: 'https://hooks.example.com/teardown/7?env=preview%2Fpr-7' }]);
  });

  test.each([404, 410])('is done where the hook knows none, which answers %i', async (status) => {
    const io = fakeHostIO(() => answer(status));
    const removal = await previewOf(teardownHook).destroy(request, io);
    expect(removal).toMatchObject({ outcome: 'gone', message: expect.stringContaining(String(status)) });
  });

  test.each([401, 500])('fails where the hook answers %i', async (status) => {
    const io = fakeHostIO(() => answer(status));
    await expect(previewOf(teardownHook).destroy(request, io)).rejects.toMatchObject({ status });
  });

  test('without a hook asks nobody, and says so', async () => {
    const io = fakeHostIO(() => new Error('nobody may ask'));
    const removal = await previewOf().destroy(request, io);
    expect(removal).toEqual({ outcome: 'left', message: expect.stringContaining('no teardown-hook') });
  });
});

describe('a rollback', () => {
  const options = { 'rollback-hook': ['https://hooks.example.com/rollback?to={sha}&release={release}'] };

  test.each<[RollbackTarget | undefined, string, string]>([
    [undefined, 'to=&release=', ''],
    [{ sha: 'abc', release: 'abc-7.1' }, 'to=abc&release=abc-7.1', 'abc'],
    [{ id: 'job-1', sha: 'abc' }, 'to=abc&release=', 'abc'],
  ])('to %j asks its own hook with that', async (to, query, commit) => {
    const io = fakeHostIO(() => answer(202));
    const back = hostOf(options).rollback?.(to);
    expect(await back?.trigger(createReleaseRequest(), io)).toEqual({ sha: commit, startedAt });
    expect(io.requests).toMatchObject([{ method: 'POST', url: `https://hooks.example.com/rollback?${query}` }]);
  });

  test('says in its body where to, and hands on no artifact of this run', async () => {
    const io = fakeHostIO(() => answer(200));
    const body = ['{"to": "{sha}", "file": "{artifact-path}"}'];
    await hostOf({ ...options, body })
      .rollback?.({ sha: 'abc' })
      .trigger(createReleaseRequest(), io);
    expect(JSON.parse(String(io.requests[0]?.body))).toEqual({ to: 'abc', file: '' });
  });

  test('is none where there is no hook for it', () => {
    expect(hostOf({}).rollback).toBeUndefined();
  });
});
