/** How the bucket reads what comes in from all connections together. */
export interface Line {
  /** Whether there is a limit now. */
  isLimited(): boolean;
  /** Gives the bytes on, in pieces, when the line has had the time for them, and says when it is through. */
  read(bytes: Buffer, take: (bytes: Buffer) => void, done: () => void): void;
  /** Bytes per second; 0 is no limit. */
  setRate(rate: number): void;
}

interface Reader {
  left: Buffer;
  readonly take: (bytes: Buffer) => void;
  readonly done: () => void;
}

/** Milliseconds since some moment, and a call after so many of them. */
export interface LineTime {
  readonly now: () => number;
  readonly after: (milliseconds: number, work: () => void) => void;
}

const systemTime: LineTime = {
  now: () => performance.now(),
  after: (milliseconds, work) => void setTimeout(work, milliseconds),
};

/** Milliseconds by which a timer may be late without the line being slower for it. */
const timerDelay = 20;

/** Bytes that one connection gets through before it is the turn of the next: a few packets. */
const turn = 4_096;

/**
 * A line that all connections share, in turns, as a slow uplink does: nobody waits behind another's whole file. Each connection
 * hands in one piece and reads no further until it is through, so that its sender sees how slow the line is.
 */
export function openLine(time: LineTime = systemTime): Line {
  let rate = 0;
  /** When the line is through with all that it has taken. */
  let free = 0;
  let waits = false;
  const readers: Reader[] = [];

  function run(): void {
    waits = false;
    while (readers.length > 0) {
      const wait = free - time.now();
      if (rate > 0 && wait > 0) {
        waits = true;
        time.after(wait, run);
        return;
      }
      const reader = readers.shift() as Reader;
      const piece = reader.left.subarray(0, rate > 0 ? turn : reader.left.length);
      reader.left = reader.left.subarray(piece.length);
      if (rate > 0) free = Math.max(free, time.now() - timerDelay) + (piece.length / rate) * 1_000;
      reader.take(piece);
      if (reader.left.length > 0) readers.push(reader);
      else reader.done();
    }
  }

  return {
    isLimited: () => rate > 0,
    read(bytes, take, done) {
      readers.push({ left: bytes, take, done });
      if (!waits) run();
    },
    setRate(next) {
      rate = next;
      free = time.now();
    },
  };
}
