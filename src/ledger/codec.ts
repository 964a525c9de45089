import * as v from 'valibot';
import type { Identity } from '../core/identity.ts';
import { type Parsed, parseJson, type Shaped } from '../lib/json-shape.ts';
import { keptReleases, type Ledger, type LedgerObject, type LedgerRelease } from './ledger.ts';
import { headSchema, isRow, oldHeadSchema, type Row } from './stored-shape.ts';

const isMedia = 1;

const isDoomed = 2;

const isUnpurged = 4;

/** Stands for an ETag that is the md5, because a vendor can answer with an empty one. */
const sameEtag = '=';

function rowOf(key: string, object: LedgerObject, headers: number): Row {
  const { md5, size, etag, first, last, media, gone, doomed, unpurged } = object;
  const flags = (media ? isMedia : 0) | (doomed ? isDoomed : 0) | (unpurged ? isUnpurged : 0);
  const row = [key, md5, size, headers, first, last] as const;
  if (flags > 0 || gone !== undefined) return [...row, etag === md5 ? sameEtag : etag, gone ?? 0, flags];
  return etag === md5 ? row : [...row, etag];
}

/** The releases that are worth remembering. */
function remembered(ledger: Ledger): LedgerRelease[] {
  const live = ledger.releases.filter((release) => release.live !== undefined).slice(-keptReleases);
  const newest = live.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  const late = ledger.releases.length - rememberedReleases;
  // Never forgotten: the live ones, whose files stay, and those after them that may be serving, to tell proofs from.
  return ledger.releases.filter(
    (release, at) => at >= late || live.includes(release) || (release.seq > newest && !release.failed),
  );
}

const rowsFollow = '"objects":[';

const rowsEnd = ']}';

/** Bytes of a usual row, to begin with. */
const usualRow = 144;

/** Texts as bytes, one behind the other: as one string, and as a list of pieces too, 100,000 rows would be in memory twice. */
function createBytes(size: number) {
  let bytes = Buffer.allocUnsafeSlow(size);
  let end = 0;
  return {
    add(text: string): void {
      // UTF-8 has at most three bytes for what UTF-16 has two.
      if (end + text.length * 3 > bytes.length) {
        const larger = Buffer.allocUnsafeSlow(Math.ceil(bytes.length * 1.5) + text.length * 3);
        bytes.copy(larger, 0, 0, end);
        bytes = larger;
      }
      end += bytes.write(text, end);
    },
    all: () => bytes.subarray(0, end),
  };
}

/** The ledger as JSON, a row on a line; the same bytes for the same content. */
export function writeLedger(ledger: Ledger, identity: Identity): Buffer {
  const prints = new Set<string>();
  for (const { headers } of ledger.objects.values()) prints.add(headers);
  const headers = [...prints].sort();
  const index = new Map(headers.map((text, at) => [text, at]));
  const { uploads, publishing } = ledger;
  const head: Parsed<typeof headSchema> = {
    version: 2,
    identity,
    prefixes: ledger.prefixes,
    releases: remembered(ledger),
    uploads,
    ...(publishing ? { publishing } : {}),
    headers,
  };
  const bytes = createBytes(4_096 + ledger.objects.size * usualRow);
  bytes.add(`${JSON.stringify(head).slice(0, -1)},${rowsFollow}`);
  let between = '\n';
  for (const key of [...ledger.objects.keys()].sort()) {
    const object = ledger.objects.get(key) as LedgerObject;
    bytes.add(between + JSON.stringify(rowOf(key, object, index.get(object.headers) ?? 0)));
    between = ',\n';
  }
  bytes.add(`\n${rowsEnd}\n`);
  return bytes.all();
}

/** The lines of a text, each for itself. */
function* linesOf(bytes: Buffer): Generator<string> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    yield bytes.toString('utf8', from, end < 0 ? bytes.length : end);
    from = end < 0 ? bytes.length : end + 1;
  }
}

function objectOf(row: Row, headers: readonly string[]): LedgerObject {
  const [, md5, size, at, first, last, etag = sameEtag, gone = 0, flags = 0] = row;
  const object = { md5, size, etag: etag === sameEtag ? md5 : etag, headers: headers[at] ?? '', first, last };
  if (gone === 0 && flags === 0) return object;
  const media = flags & isMedia ? ({ media: true } as const) : {};
  const doomed = flags & isDoomed ? ({ doomed: true } as const) : {};
  const unpurged = flags & isUnpurged ? ({ unpurged: true } as const) : {};
  return { ...object, ...media, ...(gone > 0 ? { gone } : {}), ...doomed, ...unpurged };
}

/** The row of a line; undefined if the line is not one. */
function parseRow(line: string, headers: number): Row | undefined {
  try {
    const row: unknown = JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line);
    return isRow(row, headers) ? row : undefined;
  } catch {
    return undefined;
  }
}

/** The first line, of this version or of the one before. */
function parseHead(
  line: string,
): Shaped<Omit<Parsed<typeof headSchema>, 'version' | 'identity'> & Pick<Ledger, 'identity'>> {
  const parsed = parseJson(line, headSchema);
  if (parsed.wrong === undefined) return parsed;
  const { value: old } = parseJson(line, oldHeadSchema);
  if (old) return { value: { ...old, identity: undefined, prefixes: [] } };
  const { value: other } = parseJson(line, v.object({ version: v.number() }));
  return other && other.version > 2 ? { wrong: `a newer version of this action wrote it (${other.version})` } : parsed;
}

/**
 * Undefined if the bytes are not a ledger: then the listing alone says what is there. One of the old format has no identity.
 * @param onFault Told what is wrong with it, as a sentence without a full stop.
 */
export function readLedger(bytes: Uint8Array, onFault: (wrong: string) => void = () => undefined): Ledger | undefined {
  const lines = linesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const first = lines.next().value ?? '';
  const fault = (wrong: string): undefined => {
    onFault(wrong);
  };
  if (!first.endsWith(rowsFollow)) return fault('its first line is not that of a ledger');
  const { value: head, wrong } = parseHead(first + rowsEnd);
  if (wrong !== undefined) return fault(wrong);
  const { identity, prefixes, releases, uploads, publishing, headers } = head;
  const objects = new Map<string, LedgerObject>();
  let number = 1;
  let rows = 0;
  for (const line of lines) {
    number += 1;
    if (line === rowsEnd) return { identity, prefixes, releases, objects, uploads, publishing };
    if (line === '') continue;
    const row = parseRow(line, headers.length);
    if (!row) return fault(`line ${number} is not a row of a ledger`);
    objects.set(row[0], objectOf(row, headers));
    rows += 1;
    if (objects.size < rows) return fault(`line ${number} has a key that another line has too`);
  }
  return fault('its end is missing');
}

/** How many releases are remembered; the files of older ones are remembered as long as they are in the bucket. */
const rememberedReleases = 20;
