import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startBucket } from './bucket.ts';
import { raceDjango } from './django.ts';
import { installPeers, versions } from './install.ts';
import { peers } from './peers.ts';
import { measureProfile, type Profile, profileTable } from './profile.ts';
import { race, type Track } from './race.ts';
import { type Sample, total } from './samples.ts';
import { startTables } from './start-tables.ts';
import { measureStarts, type Starts } from './starts.ts';
import { type AnySuite, choose, djangoPeers, fits, fullPlan, quickPlan, wholePeers } from './suites.ts';
import { putTables, report } from './table.ts';
import { verdicts } from './targets.ts';
import { treeFiles } from './trees.ts';
import { raceWhole } from './whole.ts';

/**
 * Installs the peers, lets them and us do the same work in turn, and prints tables of ratios.
 *
 *     npm run bench -- --quick                     some minutes
 *     npm run bench -- --only small-0,many --rounds 2
 *     npm run bench -- --only unchanged-20         one step of a suite, without the slow ones
 *     npm run bench -- --dist other/dist           another build of ours
 *     npm run bench -- --only starts               what dist/ costs to load
 *     npm run bench -- --only profile              where the time of a sync goes
 *     npm run bench -- --only whole --add          and keeps what the last run measured of other suites
 *     npm run bench -- --print                     the tables of the last run, also of one that was ended
 *     npm run bench -- --write                     the same, put into docs/performance.md
 */
const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    only: { type: 'string' },
    rounds: { type: 'string' },
    print: { type: 'boolean' },
    write: { type: 'boolean' },
    add: { type: 'boolean' },
    dist: { type: 'string', default: join(import.meta.dirname, '..', 'dist') },
    scratch: { type: 'string', default: join(tmpdir(), 'deploy-django-bench') },
  },
});
const record = join(flags.scratch, 'samples.jsonl');
const page = join(import.meta.dirname, '..', 'docs', 'performance.md');
/** Named as suites are, though nobody races. What they measured is kept in a file each. */
const looks = { starts: measureStarts, profile: measureProfile } as const;
type LookName = keyof typeof looks;
const lookNames = Object.keys(looks) as LookName[];
const recordOf = (name: LookName) => join(flags.scratch, `${name}.json`);
const readLook = async <T>(name: LookName) =>
  JSON.parse(await readFile(recordOf(name), 'utf8').catch(() => 'null')) as T | null;

async function readSamples(): Promise<Sample[]> {
  const lines = (await readFile(record, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Sample);
}

/** What the record of a run says, for those of its suites that are asked for. */
function tablesOf(samples: readonly Sample[], suites: readonly AnySuite[]) {
  const ran = new Set(samples.map(({ suite }) => suite));
  const cores = availableParallelism();
  const some = (chosen: readonly AnySuite[]) =>
    chosen
      .filter((suite) => ran.has(suite.name) || !fits(suite, cores))
      .map((suite) => ({ ...suite, notRun: fits(suite, cores) ? undefined : `this machine has ${cores}` }));
  const files = { small: treeFiles('small').length * 2 + 1, many: treeFiles('many').length };
  return report(
    {
      samples,
      suites: some(suites.filter((suite) => 'tree' in suite)),
      peers: Object.entries(peers).map(([name, { title }]) => ({ name, title })),
    },
    {
      samples,
      suites: some(suites.filter(({ name }) => name === 'django')),
      peers: djangoPeers.map((name) => ({ name, title: name === 'ours' ? peers.ours.title : name })),
    },
    {
      samples,
      suites: some(suites.filter(({ name }) => name === 'whole')),
      peers: Object.entries(wholePeers).map(([name, title]) => ({ name, title })),
    },
    verdicts(samples, files),
  );
}

/** All that the last run has to show, as Markdown. */
async function textOf(samples: readonly Sample[], suites: readonly AnySuite[]): Promise<string> {
  const starts = await readLook<Starts>('starts');
  const profile = await readLook<Profile>('profile');
  const tables = [
    ...tablesOf(samples, suites),
    ...(profile ? [{ title: 'Where the time of the first thread goes', table: profileTable(profile) }] : []),
    ...(starts ? startTables(starts) : []),
  ];
  const loud = samples.filter(({ quiet }) => !quiet).length;
  const peersUsed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    ...tables.map(({ title, table }) => `### ${title}\n\n${table}\n`),
    `Of ${samples.length} runs, ${loud} began while the machine had something else to do.`,
    `Peers: ${peersUsed.join(', ')}.`,
  ].join('\n');
}

const runSuite = (suite: AnySuite, track: Track): Promise<void> => {
  if ('tree' in suite) return race(suite, track);
  return suite.name === 'django' ? raceDjango(suite, track) : raceWhole(suite, track);
};

async function runAll(suites: readonly AnySuite[], looked: readonly LookName[]): Promise<void> {
  console.error(`Installing the peers into ${flags.scratch}`);
  const tools = await installPeers(flags.scratch, resolve(flags.dist));
  const again = new Set(suites.map(({ name }) => name));
  const kept = flags.add ? (await readSamples()).filter(({ suite }) => !again.has(suite as AnySuite['name'])) : [];
  await writeFile(record, kept.map((sample) => `${JSON.stringify(sample)}\n`).join(''));
  for (const name of lookNames)
    if (looked.includes(name)) await writeFile(recordOf(name), JSON.stringify(await looks[name](tools)));
    else if (!flags.add) await writeFile(recordOf(name), 'null');
  const onSample = async (sample: Sample) => {
    const { suite, round, peer, step, wall, cpu, memory, requests, ledger } = sample;
    const cost = `${wall.toFixed(2)} s, ${cpu.toFixed(2)} s CPU, ${Math.round(memory / 2 ** 20)} MB`;
    console.error(`${suite} ${round + 1} ${peer} ${step}: ${cost}, ${total(requests) + total(ledger)} requests`);
    await appendFile(record, `${JSON.stringify(sample)}\n`);
  };
  const bucket = await startBucket();
  const track = { tools, bucket, onSample };
  try {
    const fitting = suites.filter((suite) => fits(suite, availableParallelism()));
    for (const suite of fitting) await runSuite(suite, track);
  } finally {
    await bucket.stop();
  }
}

const rounds = flags.rounds === undefined ? undefined : Number(flags.rounds);
const only = flags.only?.split(',') ?? [];
const named = only.filter((name) => !lookNames.includes(name as LookName));
const suites = only.length > 0 && named.length === 0 ? [] : choose(flags.quick ? quickPlan : fullPlan, named, rounds);
const onlyLooks = flags.print || flags.write;
if (!onlyLooks) await runAll(suites, only.length === 0 ? lookNames : lookNames.filter((name) => only.includes(name)));
const text = await textOf(await readSamples(), flags.add ? choose(fullPlan, [], undefined) : suites);
if (flags.write) await writeFile(page, putTables(await readFile(page, 'utf8'), text));
else console.log(text);
