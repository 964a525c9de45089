import { execFile } from 'node:child_process';
import { createWriteStream, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { ZipFile } from 'yazl';
import { type ReleaseRecord, recordPath } from '../../../../src/project/artifact/record.ts';
import { filler, type Member, mebibyte, tarOf } from '../../../support/bombs.ts';
import { projectSettings, tempFolder } from '../../../support/project.ts';

const record = (files: ReleaseRecord['files']): string =>
  JSON.stringify({
    version: 1,
    commit: null,
    python: '3.12.1',
    django: '5.2',
    lock: null,
    workingDirectory: '.',
    static: { folder: 'static', manifest: null },
    media: null,
    bundled: [],
    findings: [],
    outcome: { project: projectSettings(), failures: [], finished: true },
    files,
  } satisfies ReleaseRecord);

async function zipOf(members: readonly Member[]): Promise<string> {
  const path = join(tempFolder(), 'artifact.zip');
  const zip = new ZipFile();
  for (const { path: name, start, filler: bytes } of members)
    zip.addReadStream(Readable.from(filler(start, bytes)), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

/** A header of a tar, as the format has it. */
function rawHeader(name: string, type: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

async function rawTar(parts: () => Iterable<Buffer>): Promise<string> {
  const path = join(tempFolder(), 'artifact.tar.gz');
  await pipeline(Readable.from(parts()), createGzip(), createWriteStream(path));
  return path;
}

/** A record as the first entry, and what follows it. */
function* afterRecord(rest: Iterable<Buffer>): Generator<Buffer> {
  const text = Buffer.from(record({}));
  yield rawHeader(recordPath, '0', text.length);
  yield Buffer.concat([text, Buffer.alloc((512 - (text.length % 512)) % 512)]);
  yield* rest;
}

/** Unpacks in a process of its own, and says what came of it and the most memory that it had. */
async function unpacking(archive: string): Promise<{ message: string; peak: number; files: number }> {
  const into = tempFolder();
  const script = join(tempFolder(), 'unpack.mts');
  const source = new URL('../../../../src/project/artifact/unpack.ts', import.meta.url);
  // On Linux the maxRSS of a process is no less than that of its parent was when it began.
  await writeFile(
    script,
    `import { readFileSync } from 'node:fs';
     const { unpackArtifact } = await import(${JSON.stringify(source)});
     const error = await unpackArtifact(${JSON.stringify(archive)}, () => ${JSON.stringify(into)}).catch((e) => e);
     const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
     const peak = Number(/^VmHWM:\\s+(\\d+)/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS) / 1024;
     console.log(JSON.stringify({ message: error.code + ' ' + error.message, peak }));`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', script]);
  return { ...JSON.parse(stdout), files: readdirSync(into).length };
}

/** As large as it has to be to tell apart what is read whole. */
const huge = 320 * mebibyte;
const large = 128 * mebibyte;
const sound: Member = { path: recordPath, start: record({ 'static/a.css': '0'.repeat(64) }), filler: 0 };

describe.each([
  ['tar.gz', tarOf],
  ['zip', zipOf],
] as const)('a %s is refused before it is unpacked', (_format, archiveOf) => {
  test('whose record is a bomb', async () => {
    const archive = await archiveOf([{ path: recordPath, start: record({}), filler: huge }]);
    expect((await readFile(archive)).length).toBeLessThan(mebibyte);
    const { message, peak } = await unpacking(archive);
    expect(message).toMatch(
      /^ARTIFACT_INVALID .* has a \.deploy-django\/release\.json that unpacks to more than 64\.0 MiB\.$/,
    );
    expect(peak).toBeLessThan(280);
  });

  test('one file of which is a bomb', async () => {
    const archive = await archiveOf([sound, { path: 'static/a.css', start: '', filler: huge }]);
    const { message, peak } = await unpacking(archive);
    expect(message).toMatch(/^ARTIFACT_INVALID .* has 3\d\d\.\d KiB and unpacks to more than 256\.0 MiB\.$/);
    expect(peak).toBeLessThan(250);
  });
});

describe('a tar.gz is refused that has a bomb', () => {
  test.each<[string, () => Iterable<Buffer>]>([
    ['in a pax header', () => [rawHeader('pax', 'x', large)]],
    ['in a long name', () => [rawHeader('././@LongLink', 'L', large)]],
    ['in the content of a link', () => [rawHeader('static/link', '2', large)]],
    ['of zeros behind its end', () => []],
  ])('%s', async (what, head) => {
    const zeros = Buffer.alloc(mebibyte);
    const body = what.includes('zeros') ? Array.from({ length: 128 }, () => zeros) : filler('', large);
    const archive = await rawTar(() =>
      afterRecord(
        (function* () {
          yield* head();
          yield* body;
        })(),
      ),
    );
    const { message, peak } = await unpacking(archive);
    expect(message).toMatch(/^ARTIFACT_INVALID .* (has headers of more than 2\.0 MiB|cannot be read: .*)\.$/);
    expect(peak).toBeLessThan(180);
  });

  test('of more links than any project has', async () => {
    const link = rawHeader('static/link', '2', 0);
    const thousand = Buffer.concat(Array.from({ length: 1_000 }, () => link));
    const archive = await rawTar(() => afterRecord(Array.from({ length: 501 }, () => thousand)));
    expect((await unpacking(archive)).message).toMatch(/ has more than 500,000 entries\.$/);
  });
});
