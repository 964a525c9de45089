import { type Measure, medianOf, ratioOf, type Sample, type Step, steps, stepTitles, total } from './samples.ts';
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

/** All that a run has to show, as Markdown. */
export function report(
  request: TableRequest,
  django: TableRequest,
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
    ...both('CPU of the client, as a multiple of ours', (one) => ratioTable(one, ({ cpu }) => cpu)),
    ...both('Peak memory, MB', (one) => amountTable(one, ({ memory }) => memory / megabyte)),
    ...both('Requests', (one) => amountTable(one, ({ requests, ledger }) => total(requests) + total(ledger))),
    ...both('The bucket’s CPU, % of the time', (one) => amountTable(one, ({ server, wall }) => (server / wall) * 100)),
    ...both('Rounds', roundsTable),
  ];
  return tables.filter(({ table }) => table.split('\n').length > 2);
}
