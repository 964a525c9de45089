import type { PeerName } from './peers.ts';
import type { Step } from './samples.ts';
import type { TreeName } from './trees.ts';

/** One tree at one round trip, and who runs it how often. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  readonly tree: TreeName;
  readonly latency: number;
  readonly steps: readonly Step[];
  readonly rounds: Readonly<Partial<Record<PeerName, number>>>;
}

export interface DjangoSuite {
  readonly name: 'django';
  readonly title: string;
  readonly latency: number;
  readonly rounds: Readonly<Record<DjangoPeer, number>>;
}

export const djangoPeers = ['ours', 'django-storages', 'collectfasta'] as const;
export type DjangoPeer = (typeof djangoPeers)[number];

const all: readonly Step[] = ['cold', 'same', 'checkout', 'changed'];

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

export interface Plan {
  readonly suites: readonly Suite[];
  readonly django: DjangoSuite;
}

const django = (ours: number, slow: number): DjangoSuite => ({
  name: 'django',
  title: 'collectstatic, 20 ms',
  latency: 20,
  rounds: { ours, 'django-storages': slow, collectfasta: ours },
});

export const fullPlan: Plan = {
  suites: [
    small(0, 5, 2),
    small(20, 3, 1),
    small(80, 3, 1),
    { name: 'many', title: 'many, 0 ms', tree: 'many', latency: 0, steps: ['cold', 'same'], rounds: rounds(3, 1) },
    { name: 'large', title: 'large, 0 ms', tree: 'large', latency: 0, steps: ['cold'], rounds: rounds(3, 2) },
  ],
  django: django(3, 1),
};

/** Says little that is certain, in some minutes. */
export const quickPlan: Plan = {
  suites: [
    small(0, 3, 1),
    small(20, 1, 1),
    {
      name: 'many',
      title: 'many, 0 ms',
      tree: 'many',
      latency: 0,
      steps: ['cold', 'same'],
      rounds: { ours: 1, s5cmd: 1, 'rclone-no-head': 1 },
    },
    { name: 'large', title: 'large, 0 ms', tree: 'large', latency: 0, steps: ['cold'], rounds: rounds(1, 1) },
  ],
  django: django(1, 0),
};

/**
 * The plan with only the suites whose name or tree is given, and with so many rounds of the fast clients.
 * @throws Error for a name that is none.
 */
export function choose(
  plan: Plan,
  only: readonly string[],
  most: number | undefined,
): readonly (Suite | DjangoSuite)[] {
  const suites: readonly (Suite | DjangoSuite)[] = [...plan.suites, plan.django];
  const namesOf = (suite: Suite | DjangoSuite) => ('tree' in suite ? [suite.name, suite.tree] : [suite.name]);
  const known = new Set(suites.flatMap(namesOf));
  const unknown = only.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`No suite "${unknown.join(', ')}". There are: ${[...known].join(', ')}.`);
  const chosen = suites.filter((suite) => only.length === 0 || namesOf(suite).some((name) => only.includes(name)));
  if (most === undefined) return chosen;
  const limited = <T extends object>(counts: T) =>
    Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Math.min(most, count)])) as T;
  return chosen.map((suite) => ({ ...suite, rounds: limited(suite.rounds) }) as Suite | DjangoSuite);
}
