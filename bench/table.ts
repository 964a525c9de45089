import {
  type Measure,
  median,
  medianOf,
  ratioOf,
  type Sample,
  type Step,
  steps,
  stepTitles,
  total,
} from './samples.ts';
import type { Verdict } from './targets.ts';

/** A suite and a client, as they are called in the tables. */
interface Titled {
  readonly name: string;
  readonly title: string;
}

interface TitledSuite extends Titled {
  /** Why it did not run, where that is not because nobody asked. */
  readonly notRun?: string | undefined;
}

export interface TableRequest {
  readonly samples: readonly Sample[];
  readonly suites: readonly TitledSuite[];
  /** Ours first. */
  readonly peers: readonly Titled[];
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** A Markdown table, the first column to the left and the others to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = head.map((_, index) => (index === 0 ? '---' : '--:'));
  return [row(head), row(line), ...rows.map(row)].join('\n');
}

/** Two digits that mean something; a dash for what did not run. */
export function formatRatio(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

function rowsOf(
  { samples, suites, peers }: TableRequest,
  cell: (run: { suite: string; peer: string; step: Step }) => string,
): string[][] {
  const ran = (suite: string, step: Step) => samples.some((one) => one.suite === suite && one.step === step);
  return suites.flatMap(({ name: suite, title, notRun }) =>
    notRun === undefined
      ? steps
          .filter((step) => ran(suite, step))
          .map((step) => [
            `${title}: ${stepTitles[step]}`,
            ...peers.map(({ name: peer }) => cell({ suite, peer, step })),
          ])
      : [[`${title}: not run, ${notRun}`, ...peers.map(() => '–')]],
  );
}

/** How many times as much as ours each client takes. */
export function ratioTable(request: TableRequest, measure: Measure): string {
  const peers = request.peers.filter(({ name }) => name !== 'ours');
  const rows = rowsOf({ ...request, peers }, (run) => formatRatio(ratioOf(request.samples, run, measure)));
  return markdownTable(['', ...peers.map(({ title }) => title)], rows);
}

/** What each client takes, ours too, for what is no time. */
export function amountTable(request: TableRequest, measure: Measure): string {
  const rows = rowsOf(request, (run) => {
    const amount = medianOf(request.samples, run, measure);
    return Number.isNaN(amount) ? '–' : Math.round(amount).toLocaleString('en-US');
  });
  return markdownTable(['', ...request.peers.map(({ title }) => title)], rows);
}

function verdictTable(verdicts: readonly Verdict[]): string {
  const words = (met: boolean | undefined) => (met === undefined ? '–' : met ? 'met' : '**missed**');
  const rows = verdicts.map(({ target, wanted, measured, met }) => [target, wanted, measured, words(met)]);
  return markdownTable(['Target', 'Wanted', 'Measured', ''], rows);
}

/** How often each client ran; fewer rounds say less. */
export function roundsTable({ samples, suites, peers }: TableRequest): string {
  const count = (suite: string, peer: string) =>
    new Set(samples.filter((one) => one.suite === suite && one.peer === peer).map(({ round }) => round)).size;
  const rows = suites.map(({ name, title }) => [
    title,
    ...peers.map((peer) => (count(name, peer.name) === 0 ? '–' : String(count(name, peer.name)))),
  ]);
  return markdownTable(['Rounds', ...peers.map(({ title }) => title)], rows);
}

const megabyte = 1024 * 1024;

/** How long it takes until a run knows that its release is live, and how often it asks the site meanwhile. */
function siteTables(whole: TableRequest): { title: string; table: string }[] {
  const one = (measure: (site: NonNullable<Sample['site']>) => number): string => {
    const rows = rowsOf(whole, (run) => {
      const value = medianOf(whole.samples, run, ({ site }) => (site ? measure(site) : Number.NaN));
      return Number.isNaN(value) ? '–' : value.toFixed(1);
    });
    return markdownTable(['', ...whole.peers.map(({ title }) => title)], rows);
  };
  return [
    { title: 'Seconds from the release on the site to the end of the run', table: one(({ lag }) => lag) },
    { title: 'Requests a second to the site until it serves the release', table: one(({ rate }) => rate) },
    { title: 'Requests to the site from then on', table: one(({ after }) => after) },
  ];
}

/** Where the time of one client goes, step by step: its stages in the order in which they come. */
export function stageTable({ samples, suites, peers }: TableRequest, peer: string): string {
  const own = samples.filter((one) => one.peer === peer && one.stages && suites.some(({ name }) => name === one.suite));
  const ran = steps.filter((step) => own.some((one) => one.step === step));
  const names = [...new Set(own.flatMap(({ stages = {} }) => Object.keys(stages)))];
  const seconds = (step: Step, measure: Measure) => {
    const value = median(own.filter((one) => one.step === step).map(measure));
    return Number.isNaN(value) ? '–' : value.toFixed(1);
  };
  const known: Measure = ({ stages = {} }) => Object.values(stages).reduce((sum, one) => sum + one, 0);
  const rows = [
    ...names.map((name) => [name, ...ran.map((step) => seconds(step, ({ stages }) => stages?.[name] ?? Number.NaN))]),
    ['Start, and what is between', ...ran.map((step) => seconds(step, (one) => one.wall - known(one)))],
    ['**All**', ...ran.map((step) => seconds(step, ({ wall }) => wall))],
  ];
  const title = peers.find(({ name }) => name === peer)?.title ?? peer;
  return own.length === 0 ? '' : markdownTable([title, ...ran.map((step) => stepTitles[step])], rows);
}

/** All that a run has to show, as Markdown. */
export function report(
  request: TableRequest,
  django: TableRequest,
  whole: TableRequest,
  verdicts: readonly Verdict[],
): { readonly title: string; readonly table: string }[] {
  // What did not run is said once.
  const ran = (one: TableRequest) => ({ ...one, suites: one.suites.filter(({ notRun }) => notRun === undefined) });
  const both = (title: string, table: (one: TableRequest) => string) => [
    { title, table: table(ran(request)) },
    { title: `${title}, collectstatic`, table: table(ran(django)) },
  ];
  const tables = [
    { title: 'Targets', table: verdictTable(verdicts) },
    { title: 'Time, as a multiple of ours', table: ratioTable(request, ({ wall }) => wall) },
    { title: 'Time, as a multiple of ours, collectstatic', table: ratioTable(django, ({ wall }) => wall) },
    { title: 'Time, as a multiple of ours, from push to live', table: ratioTable(whole, ({ wall }) => wall) },
    { title: 'Seconds from push to live', table: amountTable(whole, ({ wall }) => wall) },
    ...siteTables(whole),
    { title: 'Seconds of each stage, from push to live', table: stageTable(whole, 'ours') },
    ...both('CPU of the client, as a multiple of ours', (one) => ratioTable(one, ({ cpu }) => cpu)),
    ...both('Peak memory, MB', (one) => amountTable(one, ({ memory }) => memory / megabyte)),
    ...both('Requests', (one) => amountTable(one, ({ requests, ledger }) => total(requests) + total(ledger))),
    ...both('The bucket’s CPU, % of the time', (one) => amountTable(one, ({ server, wall }) => (server / wall) * 100)),
    ...both('Rounds', roundsTable),
    { title: 'Rounds, from push to live', table: roundsTable(whole) },
  ];
  return tables.filter(({ table }) => table.split('\n').length > 2);
}

/**
 * A page with the tables between its two marks replaced.
 * @throws Error where it has no such marks.
 */
export function putTables(page: string, text: string): string {
  const [start, end] = ['<!-- table:start -->', '<!-- table:end -->'];
  const [before, rest = ''] = page.split(start);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error(`The page has no ${start} and ${end} to put the tables between.`);
  return `${before}${start}\n${text}\n${end}${after}`;
}
