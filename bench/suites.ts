import type { PeerName } from './peers.ts';
import type { TreeStep } from './samples.ts';
import type { TreeName } from './trees.ts';

/** One tree at one round trip, and who runs it how often. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  readonly tree: TreeName;
  readonly latency: number;
  /** Bytes a second that the bucket reads of all connections together; no limit where absent. */
  readonly rate?: number;
  /** Cores that a client may use; two where absent, the least that GitHub's machines have. */
  readonly cores?: number;
  readonly steps: readonly TreeStep[];
  readonly rounds: Readonly<Partial<Record<PeerName, number>>>;
}

export interface DjangoSuite {
  readonly name: 'django';
  readonly title: string;
  readonly latency: number;
  readonly rounds: Readonly<Record<DjangoPeer, number>>;
}

export interface WholeSuite {
  readonly name: 'whole';
  readonly title: string;
  readonly latency: number;
  readonly rounds: Readonly<Record<WholePeer, number>>;
}

export type AnySuite = Suite | DjangoSuite | WholeSuite;

/** Who takes a project from a push to the live site. `same-settings`: ours, with the settings and packages of the others. */
export const wholePeers = {
  ours: 'Deploy Django',
  'same-settings': 'Deploy Django, their settings',
  'by-hand': 'by hand',
  'fast-tools': 'by hand, fast tools',
} as const;
export type WholePeer = keyof typeof wholePeers;

export const djangoPeers = ['ours', 'django-storages', 'collectfasta'] as const;
export type DjangoPeer = (typeof djangoPeers)[number];

const all: readonly TreeStep[] = ['cold', 'same', 'checkout', 'changed'];

/** Rounds of the fast clients and of the slow ones, which take as long for one round as the others for ten. */
const rounds = (fast: number, slow: number): Suite['rounds'] => ({
  ours: fast,
  s5cmd: fast,
  rclone: fast,
  'rclone-no-head': fast,
  'aws-cli': slow,
  's3-sync-client': slow,
});

const small = (latency: number, fast: number, slow: number): Suite => ({
  name: `small-${latency}`,
  title: `small, ${latency} ms`,
  tree: 'small',
  latency,
  steps: all,
  rounds: rounds(fast, slow),
});

const large = (latency: number, fast: number, slow: number): Suite => ({
  name: `large-${latency}`,
  title: `large, ${latency} ms`,
  tree: 'large',
  latency,
  steps: ['cold', 'same'],
  rounds: rounds(fast, slow),
});

const many = (counts: Suite['rounds']): Suite => ({
  name: 'many',
  title: 'many, 0 ms',
  tree: 'many',
  latency: 0,
  steps: ['cold', 'same'],
  rounds: counts,
});

/** About what an uplink at home has. */
const slowRate = 400_000;

const slow = (count: number): Suite => ({
  name: 'slow',
  title: `few, slow line of ${slowRate / 1_000} kB/s, 20 ms`,
  tree: 'few',
  latency: 20,
  rate: slowRate,
  steps: ['cold', 'same'],
  rounds: { ours: count, s5cmd: count, rclone: count },
});

/** What GitHub's usual machines have. */
const fourCores = 4;

const onFourCores = (suite: Suite): Suite => ({
  ...suite,
  name: `${suite.name}-cores-${fourCores}`,
  title: `${suite.title}, ${fourCores} cores`,
  cores: fourCores,
  steps: ['cold', 'same'],
  rounds: { ours: 3, s5cmd: 3, rclone: 3, 'rclone-no-head': 3 },
});

/** The steps that tell how long it takes to find that nothing has changed, with those clients that can be as fast. */
const unchanged = (latency: number): Suite => ({
  ...small(latency, 5, 0),
  steps: ['cold', 'same'],
  rounds: { ours: 5, s5cmd: 5, rclone: 5, 'rclone-no-head': 5 },
});

export interface Plan {
  readonly suites: readonly Suite[];
  readonly django: DjangoSuite;
  readonly whole: WholeSuite;
  /** Parts of suites that run where they are asked for by this name. */
  readonly parts: Readonly<Record<string, readonly Suite[]>>;
}

const parts: Plan['parts'] = {
  unchanged: [unchanged(0), unchanged(20), unchanged(80)],
  'unchanged-0': [unchanged(0)],
  'unchanged-20': [unchanged(20)],
  'unchanged-80': [unchanged(80)],
};

const django = (ours: number, slow: number): DjangoSuite => ({
  name: 'django',
  title: 'collectstatic, 20 ms',
  latency: 20,
  rounds: { ours, 'django-storages': slow, collectfasta: ours },
});

const whole = (fast: number, slowly: number): WholeSuite => ({
  name: 'whole',
  title: 'push to live, 20 ms',
  latency: 20,
  rounds: { ours: fast, 'same-settings': slowly, 'by-hand': slowly, 'fast-tools': fast },
});

export const fullPlan: Plan = {
  suites: [
    small(0, 5, 2),
    small(20, 3, 1),
    small(80, 3, 1),
    // aws-cli takes half an hour for three rounds of it.
    many({ ...rounds(3, 1), 'aws-cli': 0 }),
    large(0, 3, 1),
    large(20, 3, 1),
    slow(2),
    onFourCores(small(0, 3, 0)),
    onFourCores(large(0, 3, 0)),
  ],
  django: django(3, 1),
  whole: whole(2, 1),
  parts,
};

/** Says little that is certain, in some minutes. */
export const quickPlan: Plan = {
  suites: [small(0, 3, 1), small(20, 1, 1), many({ ours: 1, s5cmd: 1, 'rclone-no-head': 1 }), large(0, 1, 0), slow(1)],
  django: django(1, 0),
  whole: whole(1, 1),
  parts,
};

/**
 * The plan with only the suites whose name or tree is given, or the part of one, and with so many rounds of the fast clients.
 * @throws Error for a name that is none.
 */
export function choose(plan: Plan, only: readonly string[], most: number | undefined): readonly AnySuite[] {
  const suites: readonly AnySuite[] = [...plan.suites, plan.django, plan.whole];
  const namesOf = (suite: AnySuite) => ('tree' in suite ? [suite.name, suite.tree] : [suite.name]);
  const known = new Set([...suites.flatMap(namesOf), ...Object.keys(plan.parts)]);
  const unknown = only.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`No suite "${unknown.join(', ')}". There are: ${[...known].join(', ')}.`);
  const whole = suites.filter((suite) => only.length === 0 || namesOf(suite).some((name) => only.includes(name)));
  const part = only.flatMap((name) => plan.parts[name] ?? []);
  // A suite that runs as a whole has its parts in it, and one part is not run twice.
  const chosen = [...new Map([...part, ...whole].map((suite) => [suite.name, suite])).values()];
  if (most === undefined) return chosen;
  const limited = <T extends object>(counts: T) =>
    Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Math.min(most, count)])) as T;
  return chosen.map((suite) => ({ ...suite, rounds: limited(suite.rounds) }) as AnySuite);
}

/** Whether a suite can say what it is to say on a machine with so many cores. */
export const fits = (suite: AnySuite, cores: number): boolean => !('tree' in suite) || (suite.cores ?? 0) <= cores;
