/** A CPU profile as `node --cpu-prof` writes it, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    /** Lines from 0. */
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

type Frame = CpuProfile['nodes'][number]['callFrame'];

/** What the time goes into, in the order of the table. */
export const profileParts = [
  'start: Node, and loading what the run needs',
  'find, open and read files',
  'MD5 of files',
  'the guard: what must not become public',
  'listing',
  'ledger',
  'plan',
  'signatures',
  'requests and their bodies',
  'memory: the garbage collector',
  'the rest',
  'waiting',
] as const;

export type ProfilePart = (typeof profileParts)[number];

/** The first that fits a source file of ours says what its time is. Files that serve all are in none, so that their caller's counts. */
const partsOfFiles: readonly (readonly [RegExp, ProfilePart])[] = [
  [/^src\/(sync\/(guard|refused-contents)|lib\/find-any)\.ts$/, 'the guard: what must not become public'],
  [
    /^src\/(sync\/(content-reader|readers?|read-\w+|scan[\w-]*|sniff)|runner\/reader-threads)\.ts$/,
    'find, open and read files',
  ],
  [/^src\/(store\/s3\/list[\w-]+|sync\/(remote|list-ranges))\.ts$/, 'listing'],
  [/^src\/ledger\//, 'ledger'],
  [/^src\/store\/s3\/signature\.ts$/, 'signatures'],
  [/^src\/(store|runner\/http-client)/, 'requests and their bodies'],
  [/^src\/(sync|assets)\//, 'plan'],
];

/** Says of a line of the bundle, from 0, which source file it is from: the bundle has a comment before each. */
export function sourceOfLines(bundle: string): (line: number) => string {
  let source = '';
  const sources = bundle.split('\n').map((text) => {
    source = /^\/\/ ((?:src|node_modules|scripts)\/\S+)$/.exec(text)?.[1] ?? source;
    return source;
  });
  return (line) => sources[line] ?? '';
}

const network = /\/undici\.cjs$|^node:(net|tls|dns|internal\/(net|dns|streams?)(?![a-z]))/;

const isHash = ({ functionName, url }: Frame) =>
  /^(hash|update|digest)$/.test(functionName) && /crypto\/hash$/.test(url);

/** @param stack The frames from the one that runs to the first. */
function partOf(stack: readonly Frame[], sourceOf: (line: number) => string): ProfilePart {
  const [leaf] = stack;
  if (leaf?.functionName === '(idle)') return 'waiting';
  if (leaf?.functionName === '(garbage collector)') return 'memory: the garbage collector';
  if (stack.some(({ url }) => /^node:internal\/(modules|bootstrap|main)\//.test(url)))
    return 'start: Node, and loading what the run needs';
  for (const { url, lineNumber } of stack) {
    if (network.test(url)) return 'requests and their bodies';
    if (!/\/run\.cjs$/.test(url)) continue;
    const source = sourceOf(lineNumber);
    const part = partsOfFiles.find(([files]) => files.test(source))?.[1];
    if (part === 'find, open and read files' && leaf && isHash(leaf)) return 'MD5 of files';
    if (part) return part;
  }
  return 'the rest';
}

/** Seconds of the parts of a run, from the profile of its first thread. */
export function secondsOfParts(profile: CpuProfile, bundle: string): ReadonlyMap<ProfilePart, number> {
  const sourceOf = sourceOfLines(bundle);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const parts = new Map<number, ProfilePart>();
  const partOfNode = (id: number): ProfilePart => {
    const known = parts.get(id);
    if (known) return known;
    const stack: Frame[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const node = nodes.get(at);
      if (node) stack.push(node.callFrame);
    }
    const part = partOf(stack, sourceOf);
    parts.set(id, part);
    return part;
  };
  const seconds = new Map<ProfilePart, number>();
  for (const [index, id] of profile.samples.entries()) {
    const part = partOfNode(id);
    seconds.set(part, (seconds.get(part) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1e6);
  }
  return seconds;
}
