import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { checkDatabaseAccess, withDatabaseAccess } from '../../src/commands/run/database-access.ts';
import type { Ports } from '../../src/commands/run/ports.ts';
import { DeployError } from '../../src/core/errors.ts';
import { HttpError } from '../../src/core/http-error.ts';
import { chooseSource } from '../../src/databases/trusted-sources/choose-source.ts';
import { holds, parseAddress } from '../../src/databases/trusted-sources/ip-address.ts';
import type { LeftRule } from '../../src/databases/trusted-sources/let-in.ts';
import { isOurs, makeMark } from '../../src/databases/trusted-sources/mark.ts';
import { parseSource, type SourceName } from '../../src/databases/trusted-sources/source-name.ts';
import { Secret } from '../../src/lib/secret.ts';
import { createHttp } from '../../src/runner/http-client.ts';
import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../support/emulator.ts';
import { type MemoryGitHub, memoryGitHub } from '../support/github/memory.ts';
import { createRun, type TestRun } from '../support/run.ts';
import { type RunClock, sharedClock } from '../support/shared-clock.ts';
import type { HeldRule, SourceEmulator } from '../support/trusted-sources/source-emulator.ts';
import { type SourceSubject, sourceSubjects } from './support/source-subjects.ts';

/** Runs that reach a database behind the firewall of every vendor, by the function that `migrate` is wrapped in. */
const http = createHttp('contract');
let moto: Promise<BucketServer> | undefined;
const getMoto = () => {
  moto ??= startBucketServer();
  return moto;
};
let ipService: Emulator;
beforeAll(async () => {
  // Tells the address that its path names.
  ipService = await startEmulator(({ path }) => ({ status: 200, body: `${decodeURIComponent(path.slice(1))}\n` }));
}, 300_000);
afterAll(async () => {
  await ipService.stop();
  await (await moto)?.stop();
  await http.close();
});

const repositoryId = '1296269';
const here = '203.0.113.7';
const start = Date.parse('2026-03-01T12:00:00Z');

interface RunOptions {
  readonly clock?: RunClock;
  readonly address?: string;
  readonly id?: number;
  readonly attempt?: number;
  readonly hub?: MemoryGitHub;
  readonly signal?: AbortSignal;
  readonly connect?: Ports['connect'];
}

interface World {
  readonly emulator: SourceEmulator;
  readonly source: string;
  /** The rules of others at the start. */
  readonly others: readonly HeldRule[];
  run(options?: RunOptions): TestRun & { readonly left: (LeftRule | undefined)[] };
  /** Rules with a mark of ours. */
  ours(): Promise<readonly HeldRule[]>;
  /** Asserts that no rule of ours is left and none of others is lost or changed. */
  expectClean(): Promise<void>;
}

async function open(subject: SourceSubject): Promise<World> {
  const { emulator, source } = await subject.start(getMoto);
  const others = await emulator.rules();
  const ours = async () => (await emulator.rules()).filter(({ label }) => isOurs(label));
  return {
    emulator,
    source,
    others,
    ours,
    async expectClean() {
      expect(await emulator.rules()).toEqual(others);
      expect(emulator.complaints).toEqual([]);
    },
    run(options = {}) {
      const { address = here, id = 1001, attempt = 1, hub = memoryGitHub(), signal } = options;
      const all = {
        ...subject.options,
        'api-url': [emulator.origin],
        'ip-service': [`${ipService.origin}/${address}`],
      };
      const hostInputs = { service: undefined, token: undefined, deployHook: undefined, options: all };
      const name = parseSource(source) as SourceName;
      const run = createRun({
        inputs: {
          env: { DATABASE_URL: new Secret('postgres://site:secret@db.example.com:5432/site') },
          trustedSource: chooseSource(name, 'none', hostInputs, new Secret(subject.token)),
        },
        context: { repositoryId, runId: id, runAttempt: attempt, order: { id, attempt } },
        github: hub,
        ...(signal ? { signal } : {}),
      });
      const left: (LeftRule | undefined)[] = [];
      const who = parseAddress(address);
      const connect: Ports['connect'] = async (endpoint) => {
        expect(endpoint).toEqual({ host: 'db.example.com', port: 5432 });
        const rules = await emulator.rules();
        if (who && rules.some(({ network }) => network !== undefined && holds(network, who))) return;
        throw new HttpError('timeout', 'db.example.com:5432 did not answer in 5 s');
      };
      const ports = {
        ...run.ports,
        http,
        connect: options.connect ?? connect,
        saveTrustedSource: (rule: LeftRule | undefined) => void left.push(rule),
        ...(options.clock ? { clock: options.clock } : {}),
      };
      return { ...run, ports, left };
    },
  };
}

const isChange = ({ method, body }: EmulatorRequest) =>
  method !== 'GET' && (method !== 'POST' || /Action=(Authorize|Revoke)/.test(body));
const changes = ({ emulator }: World) => emulator.requests.filter(isChange);

/** Waits of up to four milliseconds, by a number that begins them. */
function delays(seed: number): () => Promise<void> {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return new Promise((resolve) => setTimeout(resolve, state % 5));
  };
}

describe.each(sourceSubjects)('$name', (subject) => {
  let world: World;
  beforeEach(async () => {
    world = await open(subject);
  }, 300_000);
  afterEach(() => world.emulator.stop());

  test('lets the runner in while the work is done, and takes it out again', async () => {
    const run = world.run();
    const seen = await withDatabaseAccess(run, async () => {
      await run.ports.connect({ host: 'db.example.com', port: 5432 }, run.ports.signal);
      return world.ours();
    });
    expect(seen.map(({ label }) => label)).toEqual([expect.stringMatching(/^deploy-django-1296269-1001-1-/)]);
    expect(run.left).toEqual([{ source: world.source, mark: seen[0]?.label }, undefined]);
    expect(run.recorder.report().warnings).toEqual([]);
    await world.expectClean();
  });

  test('keeps what others have, as it is, while it is there', async () => {
    const during = await withDatabaseAccess(world.run(), () => world.emulator.rules());
    for (const rule of world.others) expect(during).toContainEqual(rule);
  });

  test('takes the runner out after work that fails, whose error is that of the run', async () => {
    const run = world.run();
    const failure = new DeployError('COMMAND_FAILED', 'relation "a" already exists');
    await expect(withDatabaseAccess(run, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(run.left.at(-1)).toBeUndefined();
    await world.expectClean();
  });

  test.each([
    ['the same address', '198.51.100.7'],
    ['a network with it', '192.0.2.5'],
  ])('leaves a rule of others alone that lets %s in already', async (_, address) => {
    await withDatabaseAccess(world.run({ address }), async () => undefined);
    expect(changes(world)).toEqual([]);
    await world.expectClean();
  });

  test('saves what is to be taken out before it asks for a change', async () => {
    const run = world.run();
    const saved: number[] = [];
    world.emulator.before = (request) => {
      if (isChange(request)) saved.push(run.left.length);
      return undefined;
    };
    await withDatabaseAccess(run, async () => undefined);
    expect(saved[0]).toBe(1);
  });

  test('`check` says what is there and changes nothing', async () => {
    const outside = world.run();
    expect(await checkDatabaseAccess(outside)).toBe(false);
    const [stage] = outside.recorder.report().stages;
    expect(stage?.result).toMatch(/ shows [2345] rules; 203\.0\.113\.7 is not let in yet$/);
    const inside = world.run({ address: '198.51.100.7' });
    expect(await checkDatabaseAccess(inside)).toBe(true);
    expect(inside.recorder.report().stages[0]?.result).toMatch(/; 198\.51\.100\.7 is let in already$/);
    expect(changes(world)).toEqual([]);
  });

  describe('what runs left', () => {
    const later = start + 6 * 3_600_000;
    const mark = (id: number, attempt: number, until = later, repository = repositoryId) =>
      makeMark(repository, { id, attempt }, until);
    test.each([
      { rule: 'of a run that is over', label: mark(900, 1), goes: true },
      { rule: 'of an earlier attempt of this run', label: mark(1001, 1), goes: true },
      { rule: 'of a time longer ago than any job lasts', label: mark(901, 1, start - 3_600_000), goes: true },
      { rule: 'of that time and another repository', label: mark(901, 1, start - 3_600_000, '77'), goes: true },
      { rule: 'of a run that goes on', label: mark(902, 1), goes: false },
      { rule: 'of another job of this attempt', label: mark(1001, 2), goes: false },
      { rule: 'of another repository, which may go on', label: mark(900, 1, later, '77'), goes: false },
      { rule: 'with more in it than a mark', label: `${mark(900, 1)}_keep`, goes: false },
    ])('a rule $rule is taken out: $goes', async ({ label, goes }) => {
      await world.emulator.put('203.0.113.200', label);
      const before = await world.emulator.rules();
      const hub = memoryGitHub();
      hub.over.add(900);
      await withDatabaseAccess(world.run({ hub, attempt: 2 }), async () => undefined);
      expect(await world.emulator.rules()).toEqual(goes ? world.others : before);
    });

    test('stays where GitHub does not say whether the run is over, and the log says what is missing', async () => {
      const label = mark(900, 1);
      await world.emulator.put('203.0.113.200', label);
      const hub = memoryGitHub();
      hub.refuse('isOver');
      const run = world.run({ hub });
      await withDatabaseAccess(run, async () => undefined);
      expect((await world.ours()).map((rule) => rule.label)).toEqual([label]);
      expect(run.lines.join('\n')).toContain('"actions: read"');
    });
  });

  describe('two runs at once', () => {
    test.each([
      ['with addresses of their own', '203.0.113.8'],
      ['behind one address', here],
    ])('%s are both let in until each is done, and leave nothing', async (_, second) => {
      const seeds = [1, 2, 3];
      for (const seed of seeds) {
        const random = delays(seed);
        world.emulator.before = async () => {
          await random();
          return undefined;
        };
        const clock = sharedClock(start);
        const runs = [
          world.run({ clock: clock(), id: 1001 }),
          world.run({ clock: clock(), id: 1002, address: second }),
        ];
        const work = (run: TestRun, long: number) => async () => {
          // One works on while the other leaves, or both leave together.
          for (let round = 0; round < long; round++) {
            await run.ports.connect({ host: 'db.example.com', port: 5432 }, run.ports.signal);
            await run.ports.clock.sleep(1_000, run.ports.signal);
          }
        };
        const all = runs.map(async (run, at) => {
          await withDatabaseAccess(run, work(run, at === 0 || seed === 2 ? 2 : 20)).finally(() =>
            (run.ports.clock as RunClock).leave(),
          );
          return run.recorder.report().warnings;
        });
        expect(await Promise.all(all)).toEqual([[], []]);
        await world.expectClean();
      }
    });
  });

  if (subject.wholeList)
    test('a rule that a change of another run put back is taken out again', async () => {
      const run = world.run();
      await withDatabaseAccess(run, async () => {
        const [mine] = await world.ours();
        let isPut = false;
        world.emulator.before = async (request, answer) => {
          if (!isChange(request) || isPut) return undefined;
          isPut = true;
          const reply = await answer();
          await world.emulator.put(here, mine?.label ?? '');
          return reply;
        };
      });
      expect(run.recorder.report().warnings).toEqual([]);
      expect(run.left.at(-1)).toBeUndefined();
      await world.expectClean();
    });

  if (subject.ipv6)
    test('lets an IPv6 address in', async () => {
      const networks = await withDatabaseAccess(world.run({ address: '2001:db8::7' }), async () =>
        (await world.ours()).map(({ network }) => network),
      );
      expect(networks).toEqual(['2001:db8::7/128']);
      await world.expectClean();
    });
  else
    test('says of an IPv6 address that it takes none', async () => {
      const outcome = withDatabaseAccess(world.run({ address: '2001:db8::7' }), async () => undefined);
      await expect(outcome).rejects.toMatchObject({
        code: 'TRUSTED_SOURCE_FAILED',
        message: expect.stringContaining('takes IPv4 addresses alone, and 2001:db8::7 is none'),
      });
      expect(world.emulator.requests).toEqual([]);
    });

  describe.each([
    ['the first question', () => true],
    ['a change', isChange],
  ] as const)('a failure of %s', (_, isMeant) => {
    const refuse = (reply: EmulatorReply, times = Number.POSITIVE_INFINITY) => {
      let left = times;
      world.emulator.before = (request) => (isMeant(request) && left-- > 0 ? reply : undefined);
    };
    test.each([401, 403, 404, 409, 429, 500, 503])('HTTP %i for good: nothing is lost', async (status) => {
      refuse({ status, body: { message: `no, said to ${subject.token}` } });
      const run = world.run();
      let isBegun = false;
      const outcome = withDatabaseAccess(run, async () => {
        isBegun = true;
      });
      const error = await outcome.then(
        () => undefined,
        (thrown: DeployError) => thrown,
      );
      expect(error).toMatchObject({
        code: 'TRUSTED_SOURCE_FAILED',
        message: expect.stringContaining(`HTTP ${status}`),
      });
      expect(`${error?.message} ${error?.hint}`).not.toContain(subject.token);
      if (status === 403) expect(error?.hint).toContain(subject.right);
      expect(isBegun).toBe(false);
      await world.expectClean();
    });

    test.each([409, 429, 500])('HTTP %i that passes is waited out', async (status) => {
      refuse({ status, headers: status === 429 ? { 'retry-after': '7' } : {}, body: {} }, 2);
      const run = world.run();
      await withDatabaseAccess(run, async () => undefined);
      if (status === 429)
        expect((run.ports.clock as { slept?: number[] }).slept).toEqual(expect.arrayContaining([7_000, 7_000]));
      await world.expectClean();
    });

    test.each([
      ['another form', { status: 200, body: { other: [] } }],
      ['a list', { status: 200, body: [] }],
      ['a page', { status: 200, body: '<html>Sign in</html>' }],
      ['nothing', { status: 200 }],
    ])('an answer with %s is never the list of rules', async (_name, reply) => {
      refuse(reply);
      await withDatabaseAccess(world.run(), async () => undefined).catch((error: DeployError) =>
        expect(error.code).toBe('TRUSTED_SOURCE_FAILED'),
      );
      await world.expectClean();
    });
  });

  test('a change whose answer is lost is made once, and taken out', async () => {
    let cut = 0;
    world.emulator.before = async (request, answer) => {
      if (!isChange(request) || cut > 0) return undefined;
      cut += 1;
      await answer();
      return { status: 502, body: 'the gateway lost it' };
    };
    const during = await withDatabaseAccess(world.run(), () => world.ours());
    expect([cut, during.length]).toEqual([1, 1]);
    await world.expectClean();
  });

  test('a run that is cancelled while it waits for the database takes its rule out', async () => {
    const controller = new AbortController();
    const cancelled = new DeployError('CANCELLED', 'The run was cancelled.');
    const run = world.run({
      signal: controller.signal,
      connect: async () => {
        controller.abort(cancelled);
        throw new HttpError('timeout', 'db.example.com:5432 did not answer in 5 s');
      },
    });
    await expect(withDatabaseAccess(run, async () => undefined)).rejects.toBe(cancelled);
    expect(run.recorder.report().warnings).toEqual([]);
    await world.expectClean();
  });

  test('a database that is never reached is an error, and the rule is taken out', async () => {
    const run = world.run({
      connect: async () => {
        throw new HttpError('timeout', 'db.example.com:5432 did not answer in 5 s');
      },
    });
    await expect(withDatabaseAccess(run, async () => undefined)).rejects.toMatchObject({
      code: 'TRUSTED_SOURCE_FAILED',
      message: 'The database is not reached after 5 minutes: db.example.com:5432 did not answer in 5 s.',
    });
    await world.expectClean();
  });

  test('a rule that cannot be taken out is named, kept for the end of the job, and taken out by the next run', async () => {
    const run = world.run();
    const mark = await withDatabaseAccess(run, async () => {
      world.emulator.before = (request) => (isChange(request) ? { status: 403, body: { message: 'no' } } : undefined);
      return (await world.ours())[0]?.label;
    });
    expect(run.recorder.report().warnings).toEqual([expect.stringContaining(`still lets this runner in by ${mark}`)]);
    expect(run.left).toEqual([{ source: world.source, mark }]);
    world.emulator.before = () => undefined;
    const hub = memoryGitHub();
    hub.over.add(1001);
    await withDatabaseAccess(world.run({ id: 1002, hub }), async () => undefined);
    await world.expectClean();
  });
});
