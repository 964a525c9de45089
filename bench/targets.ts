import { liveSteps, type Measure, medianOf, type Run, ratioOf, type Sample, total } from './samples.ts';

/** What was promised, and what the runs show. */
export interface Verdict {
  readonly target: string;
  readonly wanted: string;
  readonly measured: string;
  /** Undefined where the run did not measure it. */
  readonly met: boolean | undefined;
}

const wall: Measure = ({ wall }) => wall;
const megabyte = 1024 * 1024;

interface Bound {
  readonly target: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  /** The value and the bound as they are written. */
  readonly write: (value: number) => string;
}

function judge({ target, value, least, most, write }: Bound): Verdict {
  const wanted = least === undefined ? `≤ ${write(most ?? Number.NaN)}` : `≥ ${write(least)}`;
  if (Number.isNaN(value)) return { target, wanted, measured: 'not run', met: undefined };
  const met = value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
  return { target, wanted, measured: write(value), met };
}

const times = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)}×`;
const count = (value: number) => String(Math.round(value));

/** What was promised of the sync and of the whole action, as a table. `files` are those of the trees. */
export function verdicts(samples: readonly Sample[], files: Readonly<Record<'small' | 'many', number>>): Verdict[] {
  const ratio = (target: string, run: Run, least: number) =>
    judge({ target, value: ratioOf(samples, run, wall), least, write: times });
  const ours = (suite: string, step: Run['step'], measure: Measure) =>
    medianOf(samples, { suite, peer: 'ours', step }, measure);
  const small = (peer: string, step: Run['step'], latency = 0): Run => ({ suite: `small-${latency}`, peer, step });
  const large = (peer: string): Run => ({ suite: 'large-0', peer, step: 'cold' });
  const many = (peer: string, step: Run['step']): Run => ({ suite: 'many', peer, step });
  const all: Measure = ({ requests, ledger }) => total(requests) + total(ledger);
  const filePuts: Measure = ({ requests }) => requests.PUT ?? 0;
  const cpu: Measure = (sample) => sample.cpu;
  const perPut = (suite: string) =>
    ((ours(suite, 'cold', cpu) - ours(suite, 'same', cpu)) / ours(suite, 'cold', filePuts)) * 1000;
  const requests = (suite: string, of: number) =>
    judge({
      target: `requests when nothing changed, ${of.toLocaleString('en-US')} files`,
      value: ours(suite, 'same', all),
      most: Math.ceil(of / 1000) + 2,
      write: count,
    });
  const memory = (step: Run['step'], title: string) =>
    judge({
      target: `peak memory, 100,000 files, ${title}`,
      value: ours('many', step, ({ memory }) => memory / megabyte),
      most: 250,
      write: (value) => `${Math.round(value)} MB`,
    });
  const cpuPerPut = (suite: string, title: string) =>
    judge({
      target: `CPU per PUT beyond start-up, ${title}`,
      value: perPut(suite),
      most: 0.25,
      write: (value) => `${value.toFixed(2)} ms`,
    });
  return [
    ratio('cold, against s5cmd', small('s5cmd', 'cold'), 3),
    ratio('cold, against rclone', small('rclone', 'cold'), 1.5),
    ...[0, 20, 80].flatMap((latency) =>
      ['s5cmd', 'rclone'].map((peer) =>
        ratio(`nothing changed, ${latency} ms, against ${peer}`, small(peer, 'same', latency), 1),
      ),
    ),
    ratio('CI checkout, against s5cmd', small('s5cmd', 'checkout'), 6),
    judge({
      target: 'PUTs of files after a CI checkout',
      value: ours('small-0', 'checkout', filePuts),
      most: 0,
      write: count,
    }),
    requests('small-0', files.small),
    requests('many', files.many),
    cpuPerPut('small-0', 'small tree'),
    cpuPerPut('many', '100,000 files'),
    ratio('100,000 files cold, against s5cmd', many('s5cmd', 'cold'), 7),
    ratio('100,000 files cold, against rclone', many('rclone', 'cold'), 3),
    ratio('100,000 files, nothing changed, against s5cmd', many('s5cmd', 'same'), 3),
    memory('cold', 'cold'),
    memory('same', 'nothing changed'),
    ratio('one large file, against s5cmd', large('s5cmd'), 1),
    ratio('one large file, against rclone', large('rclone'), 1.2),
    ratio('push to live, first time, against by hand', { suite: 'whole', peer: 'by-hand', step: 'first' }, 3),
    ratio('push to live, again, against by hand', { suite: 'whole', peer: 'by-hand', step: 'commit' }, 4),
    judge({
      target: 'from the release on the site to `live`',
      value: Math.max(...liveSteps.map((step) => ours('whole', step, ({ site }) => site?.lag ?? Number.NaN))),
      most: 12,
      write: (value) => `${value.toFixed(1)} s`,
    }),
    judge({
      target: 'requests a second to the site until it serves the release',
      value: Math.max(...liveSteps.map((step) => ours('whole', step, ({ site }) => site?.rate ?? Number.NaN))),
      most: 1,
      write: (value) => value.toFixed(2),
    }),
    ratio(
      'collect and sync, first, against django-storages',
      { suite: 'django', peer: 'django-storages', step: 'cold' },
      10,
    ),
    ratio(
      'collect and sync, again, against django-storages',
      { suite: 'django', peer: 'django-storages', step: 'same' },
      10,
    ),
  ];
}
