import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { artifactFormats } from '../../../../src/core/artifact-format.ts';
import { packTar } from '../../../../src/project/artifact/archive-tar.ts';
import { packZip } from '../../../../src/project/artifact/archive-zip.ts';
import { packArtifact } from '../../../../src/project/artifact/pack.ts';
import { type ReleaseRecord, readRecord, recordPath, writeRecord } from '../../../../src/project/artifact/record.ts';
import { unpackArtifact } from '../../../../src/project/artifact/unpack.ts';
import { pathsIn, withValueAt } from '../../../support/json.ts';
import { failure, projectSettings, tempFolder, writeFiles } from '../../../support/project.ts';

const commit = '5ad1c8f0d0d15ad1c8f0d0d15ad1c8f0d0d15ad1';
const time = Date.parse('2026-03-01T12:00:00Z') / 1000;
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');

const record = (files: ReleaseRecord['files'], overrides: Partial<ReleaseRecord> = {}): ReleaseRecord => ({
  version: 1,
  commit,
  python: '3.13.0',
  django: '5.2.19',
  lock: null,
  workingDirectory: '.',
  static: { folder: 'staticfiles', manifest: null },
  media: null,
  bundled: [],
  findings: [],
  outcome: { project: projectSettings(), failures: [] },
  files,
  ...overrides,
});

const files = { 'manage.py': 'manage', 'staticfiles/a.css': 'a', 'staticfiles/b/ü.css': 'b', 'static.txt': '' };

/** Archives a project of four files and a link. */
async function packed(format: (typeof artifactFormats)[number], folder = tempFolder()) {
  const root = tempFolder();
  await writeFiles(root, files);
  symlinkSync('manage.py', join(root, 'link.py'));
  const paths = [...Object.keys(files), 'link.py'];
  const entries = paths.map((path) => ({
    path,
    executable: path === 'manage.py',
    from: { file: join(root, path) },
  }));
  const path = join(folder, `artifact.${format}`);
  return packArtifact({ entries, format, time, path, record: (sums) => writeRecord(record(sums)) });
}

/** An archive of these bytes by path, with a record that says what it is told to say. */
async function forged(contents: Record<string, string>, said: unknown, format = packTar): Promise<string> {
  const entry = ([path, text]: [string, string]) => ({ path, executable: false, sha256: '', bytes: Buffer.from(text) });
  const entries = [entry([recordPath, JSON.stringify(said)]), ...Object.entries(contents).map(entry)];
  const path = join(tempFolder(), 'artifact');
  writeFileSync(path, await buffer(await format(entries, time)));
  return path;
}

const reading = (path: string, into = tempFolder()) => unpackArtifact(path, () => into);
const refused = (path: string, into?: string) => failure(() => reading(path, into));

describe.each(artifactFormats)('an artifact as %s', (format) => {
  test('gives back what was put in, and only static files are written', async () => {
    const { artifact } = await packed(format);
    const into = tempFolder();
    const unpacked = await reading(artifact.path, into);
    expect(unpacked.artifact).toEqual({ ...artifact, files: 4 });
    expect(unpacked.record.files).toEqual(Object.fromEntries(Object.entries(files).map(([p, t]) => [p, sha256(t)])));
    expect(readdirSync(into, { recursive: true }).toSorted()).toEqual([
      'staticfiles',
      'staticfiles/a.css',
      'staticfiles/b',
      'staticfiles/b/ü.css',
    ]);
    expect(readFileSync(join(into, 'staticfiles/b/ü.css'), 'utf8')).toBe('b');
  });

  test('is found in the folder that it was downloaded to, whatever its name', async () => {
    const folder = tempFolder();
    await packed(format, folder);
    expect((await reading(folder)).record.commit).toBe(commit);
  });

  test('is the same, byte for byte, in another time zone', async () => {
    const zone = process.env.TZ;
    const sums = [];
    for (const TZ of ['UTC', 'Asia/Kathmandu', 'America/St_Johns']) {
      process.env.TZ = TZ;
      sums.push((await packed(format)).artifact.sha256);
    }
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(new Set(sums).size).toBe(1);
  });

  test('is known by its bytes, where its name says something else', async () => {
    const { artifact } = await packed(format);
    const renamed = join(tempFolder(), 'release.bin');
    writeFileSync(renamed, readFileSync(artifact.path));
    expect((await reading(renamed)).artifact.sha256).toBe(artifact.sha256);
  });

  test('that is cut off is refused', async () => {
    const { artifact } = await packed(format);
    writeFileSync(artifact.path, readFileSync(artifact.path).subarray(0, artifact.bytes - 40));
    expect(await refused(artifact.path)).toMatchObject({ code: 'ARTIFACT_INVALID' });
  });
});

test('a zip has modes, links and times for the tools that hosts use', async () => {
  const { artifact } = await packed('zip');
  const script = `
import json, sys, zipfile
print(json.dumps([[i.filename, oct(i.external_attr >> 16), i.date_time] for i in zipfile.ZipFile(sys.argv[1]).infolist()]))`;
  const listed = JSON.parse(execFileSync('python3', ['-c', script, artifact.path]).toString());
  const at = [2026, 3, 1, 12, 0, 0];
  expect(listed).toEqual([
    [recordPath, '0o100644', at],
    ['link.py', '0o120777', at],
    ['manage.py', '0o100755', at],
    ['static.txt', '0o100644', at],
    ['staticfiles/a.css', '0o100644', at],
    ['staticfiles/b/ü.css', '0o100644', at],
  ]);
});

describe('refused is an artifact', () => {
  const honest = { 'staticfiles/a.css': sha256('a') };

  test.each<[string, Record<string, string>, unknown, RegExp]>([
    ['with other bytes than its record says', { 'staticfiles/a.css': 'b' }, record(honest), /other bytes in/],
    ['without a file of its record', {}, record(honest), /has no "staticfiles\/a.css"/],
    ['with a file more', { 'staticfiles/a.css': 'a', 'x.js': 'x' }, record(honest), /"x.js" that its record does not/],
    ['with another record', {}, { version: 2 }, /cannot read/],
    ['with no project', {}, record({}, { outcome: { failures: [] } }), /cannot read/],
    [
      'whose static folder is elsewhere',
      {},
      record({}, { static: { folder: '../..', manifest: null } }),
      /cannot read/,
    ],
    ['whose project is elsewhere', {}, record({}, { workingDirectory: '/etc' }), /cannot read/],
    ['that names paths elsewhere', {}, record({ '../x': sha256('') }), /cannot read/],
    [
      'with a finding elsewhere',
      {},
      record({}, { findings: [{ level: 'error', id: 'x', message: 'x', at: { file: '/etc/x' } }] }),
      /cannot read/,
    ],
    ['whose commit is none', {}, record({}, { commit: 'main' }), /cannot read/],
  ])('%s', async (_what, contents, said, message) => {
    const error = await refused(await forged(contents, said));
    expect(error).toMatchObject({ code: 'ARTIFACT_INVALID', message: expect.stringMatching(message) });
  });

  test.each(['../evil', 'staticfiles/../../evil', '/tmp/evil', 'a//b', 'C:/evil', 'staticfiles\\evil'])(
    'with an entry %s, and nothing is written there',
    async (path) => {
      const into = join(tempFolder(), 'deep', 'er');
      mkdirSync(into, { recursive: true });
      for (const format of [packTar, packZip]) {
        const made = await forged({ [path]: 'evil' }, record({ [path]: sha256('evil') }), format).catch(
          () => undefined,
        );
        if (made) expect(await refused(made, into)).toMatchObject({ code: 'ARTIFACT_INVALID' });
      }
      expect(existsSync(join(into, '../evil')) || existsSync('/tmp/evil')).toBe(false);
    },
  );

  test('of entries that hide behind an honest record', async () => {
    const path = await forged({ 'staticfiles/a.css': 'a', '../a': 'a' }, record(honest));
    expect(await refused(path)).toMatchObject({ message: expect.stringContaining('has an entry "../a"') });
  });

  test.each([
    ['nothing', '', /is neither a tar\.gz nor a zip|cannot be read/],
    ['a text', 'hello', /neither a tar\.gz nor a zip/],
  ])('that is %s', async (_what, text, message) => {
    const path = join(tempFolder(), 'artifact.tar.gz');
    writeFileSync(path, text);
    expect((await refused(path)).message).toMatch(message);
  });

  test('that is a tar.gz of somebody else', async () => {
    const root = tempFolder();
    await writeFiles(root, { a: 'a' });
    execFileSync('tar', ['-czf', join(root, 'other.tar.gz'), '-C', root, 'a']);
    expect((await refused(join(root, 'other.tar.gz'))).message).toContain('was not made by "command: build"');
  });

  test('that is not there, or of which there are two', async () => {
    const folder = tempFolder();
    expect((await refused(join(folder, 'none'))).message).toContain('is not there');
    expect((await refused(folder)).message).toContain('without a tar.gz or zip');
    await packed('zip', folder);
    await packed('tar.gz', folder);
    expect((await refused(folder)).message).toContain('2 archives');
  });
});

test('files whose names mean something to JavaScript are files like any other', async () => {
  const names = ['staticfiles/constructor', 'constructor', 'prototype', '__proto__'];
  const files = Object.fromEntries(names.map((name) => [name, sha256('x')]));
  const contents = Object.fromEntries(names.map((name) => [name, 'x']));
  const { artifact } = await reading(await forged(contents, record(files)));
  expect(artifact.files).toBe(4);
});

test('what is wrong with a record is said, whatever JSON is in whatever place', async () => {
  const whole = record(
    { 'a.css': sha256('a') },
    { findings: [{ level: 'error', id: 'x', message: 'x', at: { file: 'x' } }] },
  );
  fc.assert(
    fc.property(fc.constantFrom(...pathsIn(whole)), fc.oneof(fc.jsonValue(), fc.constant(undefined)), (path, value) => {
      const { value: read, wrong } = readRecord(JSON.stringify(withValueAt(whole, path, value)));
      if (!read) expect(wrong).toMatch(/^`[^`]+` is /);
    }),
    { numRuns: 1_000 },
  );
  const error = await refused(await forged({}, record({ 'a.css': 'abc' })));
  expect(error.message).toContain('cannot read: `files.a.css` is not 64 hex digits.');
});
