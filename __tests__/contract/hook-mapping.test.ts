import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { checkHost } from '../../src/hosts/contract/check-host.ts';
import type { HostInputs } from '../../src/hosts/contract/host.ts';
import { hook } from '../../src/hosts/hook/hook.ts';
import { namedOptions } from '../../src/inputs/kinds.ts';
import { createRedactor, Secret } from '../../src/lib/secret.ts';
import { releaseTo } from '../../src/release/release-to-host.ts';
import { createHttp } from '../../src/runner/http-client.ts';
import { startEmulator } from '../support/emulator.ts';
import { fakeClock, never } from '../support/fakes.ts';
import { createHostInputs, createReleaseRequest, fakeMachine } from '../support/host-io.ts';
import { startDokploy } from '../support/hosts/dokploy.ts';
import { startJenkins } from '../support/hosts/jenkins.ts';

const http = createHttp('contract');
afterAll(() => http.close());

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'hosts', 'hook.md'), 'utf8');

/** The inputs that the page shows below a heading, with the addresses and secrets of a test in them. */
function shown(heading: string, replace: Readonly<Record<string, string>>): HostInputs {
  const block = new RegExp(`\\n#+ ${heading}\\n[\\s\\S]*?\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
  const text = Object.entries(replace).reduce((left, [from, to]) => left.replaceAll(from, to), block);
  const given = parse(text) as Record<string, string>;
  const options = namedOptions(given['host-options'] ?? '', (message) => {
    throw new Error(message);
  })?.options;
  return createHostInputs({ deployHook: new Secret(given['deploy-hook'] ?? ''), options: options ?? {} });
}

const secret = (name: string) => `\${{ secrets.${name} }}`;

/** Deploys with these inputs, in the time of a fake clock. */
async function deploy(inputs: HostInputs) {
  expect(checkHost(hook, inputs)).toEqual([]);
  const clock = fakeClock();
  const lines: string[] = [];
  const io = {
    http,
    machine: fakeMachine(),
    clock,
    random: () => 1,
    signal: never,
    redactor: createRedactor(),
    onLine: (line: string) => void lines.push(line),
  };
  const request = createReleaseRequest({ artifact: undefined });
  const outcome = await releaseTo(hook.create(inputs), hook.title, request, clock.now() + 600_000, io).catch(
    (error: Error) => error,
  );
  return { outcome, request, lines };
}

describe('the page shows how to follow Jenkins', () => {
  const run = async (result: string) => {
    const jenkins = await startJenkins('deploy', 'api/token', result);
    try {
      const address = `${jenkins.origin.replace('://', '://deploy:api%2Ftoken@')}/job/shop/buildWithParameters`;
      const inputs = shown('Jenkins', {
        [secret('JENKINS_HOOK')]: address,
        'https://jenkins.example.com': jenkins.origin,
      });
      const found = await deploy(inputs);
      expect(jenkins.complaints).toEqual([]);
      expect(jenkins.commits).toEqual([found.request.sha]);
      return { ...found, origin: jenkins.origin };
    } finally {
      await jenkins.stop();
    }
  };

  test('to a success, by the number in its queue', async () => {
    const { outcome, origin } = await run('SUCCESS');
    expect(outcome).toMatchObject({ phase: 'live', release: { id: '41', logUrl: `${origin}/job/shop/1/` } });
  });

  test.each([
    ['UNSTABLE', 'its state is UNSTABLE'],
    ['ABORTED', 'its state is ABORTED'],
  ])('to %s', async (result, message) => {
    const { outcome } = await run(result);
    expect(outcome).toMatchObject({ code: 'HOST_FAILED', message: expect.stringContaining(message) });
  });
});

describe('the page shows how to follow Dokploy', () => {
  const run = async (end: 'done' | 'error') => {
    const dokploy = await startDokploy('key-of-dokploy', end);
    try {
      const replace = {
        [secret('DOKPLOY_API_KEY')]: 'key-of-dokploy',
        'https://dokploy.example.com': dokploy.origin,
      };
      const found = await deploy(shown('Dokploy', replace));
      expect(dokploy.titles).toEqual([found.request.release]);
      return found;
    } finally {
      await dokploy.stop();
    }
  };

  test('to its end, though its answer names no id', async () => {
    const { outcome, lines } = await run('done');
    expect(outcome).toMatchObject({ phase: 'live' });
    expect(lines.join('\n')).toContain('the deploy hook: running (');
  });

  test('to a failure with its reason', async () => {
    const { outcome } = await run('error');
    expect(outcome).toMatchObject({
      message: expect.stringContaining('its state is error: Build failed: exit code 1'),
    });
  });
});

describe('the page shows how to follow a webhook of your own', () => {
  const run = async (answers: readonly object[], log = 'line 1\nline 2') => {
    let asked = 0;
    const server = await startEmulator(({ method, path, headers }) => {
      if (method === 'POST') return { status: 202, body: { deployment: { id: 'd/1' }, data: {} } };
      expect(headers['content-type']).toBeUndefined();
      if (path === '/deployments/d%2F1/log') return { status: 200, body: log };
      expect(path).toBe('/deployments/d%2F1');
      const body = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      return { status: 200, body };
    });
    try {
      const replace = {
        [secret('DEPLOY_HOOK')]: `${server.origin}/hook`,
        'https://deploy.example.com': server.origin,
      };
      return await deploy(shown('Follow the deploy', replace));
    } finally {
      await server.stop();
    }
  };
  const { sha } = createReleaseRequest();
  const state = (word: unknown, more: object = {}) => ({ data: { state: word, ...more } });

  test('to live, with URL and page of the log', async () => {
    const log = 'https://deploy.example.com/log/1';
    const { outcome, lines } = await run([
      state(null),
      {},
      state('Warming'),
      state('READY', { commit: sha, url: 'https://x.test', log_url: log }),
    ]);
    expect(outcome).toMatchObject({ phase: 'live', release: { id: 'd/1', url: 'https://x.test', logUrl: log } });
    expect(lines.join('\n')).toMatch(/without data\.state[\s\S]*in state Warming/);
  });

  test('to live of another commit, which is not ours', async () => {
    const { outcome } = await run([state('ready', { commit: 'ab'.repeat(20) })]);
    expect(outcome).toEqual(expect.objectContaining({ phase: 'superseded', by: 'ab'.repeat(20) }));
  });

  test('to failed and cancelled, with the last lines of the log', async () => {
    const { outcome } = await run([state('failed', { message: 'no memory' })]);
    expect(outcome).toMatchObject({
      code: 'HOST_FAILED',
      message: expect.stringMatching(/failed: no memory\.[\s\S]*line 2$/),
    });
    expect((await run([state('cancelled')])).outcome).toMatchObject({ code: 'HOST_FAILED' });
  });

  test.each([
    ['a list', ['x']],
    ['text in the place of an object', { data: 'ready' }],
    ['an object in the place of the word', state({ name: 'ready' })],
  ])('to an error where the answer has %s', async (_, body) => {
    const { outcome } = await run([body]);
    expect(outcome).toMatchObject({ code: 'HOST_UNCLEAR', message: expect.stringContaining('HTTP 200 with') });
  });
});
