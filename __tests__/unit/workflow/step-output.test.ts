import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../../src/lib/secret.ts';
import { createOutput, harmless, withCommandsStopped } from '../../../src/workflow/step-output.ts';
import { runnerReads } from '../../support/runner-parser.ts';

/** What the runner gets to see of a build that prints these chunks. */
function shown(...chunks: Uint8Array[]): string {
  return shownWithout([], ...chunks);
}

/** The same of a run that knows these secrets. */
function shownWithout(secrets: readonly string[], ...chunks: Uint8Array[]): string {
  let written = '';
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  const output = createOutput((text) => {
    written += text;
  }, redactor);
  for (const chunk of chunks) output.show(chunk);
  output.end();
  return written;
}

const bytes = (text: string) => Buffer.from(text);

/** Each of these is a command to the runner, were it printed as it is. */
const nasty: Record<string, Uint8Array> = {
  'set-output': bytes('::set-output name=url::https://evil.example'),
  'a tab and a no-break space before it': bytes('\t\u00a0::error::x'),
  'white space of every kind before it': bytes('\v\f \u0085\u1680\u2003\u2028\u2029\u202f\u205f\u3000::error::x'),
  'the old form inside a line': bytes('abc ##[add-mask]e'),
  'the old form with more signs before it': bytes('####[add-mask]e'),
  'the old form twice': bytes('##[debug]##[error]x ##[set-output name=url]evil'),
  'the old form after an escape of its own': bytes('##\\[x] ##[error]y'),
  'both forms in a line': bytes('  ::debug::##[error]x'),
  'a carriage return before it': bytes('x\r::add-mask::e'),
  'carriage returns and line feeds before it': bytes('x\r\r\n\n\r::warning file=a.py,line=1::y\r'),
  'stop-commands': bytes('::stop-commands::t\n'),
  'capital letters': bytes('::Set-Output name=url::evil'),
  'in the last line, without its end': bytes('fine\nfine\n::save-state name=scratch::/etc'),
  'bytes that are no UTF-8 around it': Buffer.concat([
    Buffer.from([0xff, 0xfe, 0xc3, 0x0a]),
    bytes('::error::'),
    Buffer.from([0xe2, 0x82, 0x0d]),
    bytes('::add-matcher::/etc/passwd'),
    Buffer.from([0xf0, 0x9f]),
  ]),
  'a byte-order mark after the first line': bytes('x\n\u3000::group::y\n\ufeff::endgroup::'),
};

describe.each(Object.entries(nasty))('a build that prints %s', (_, print) => {
  test('commands the runner nothing', () => {
    expect(runnerReads(print).obeyed).not.toEqual([]);
    expect(runnerReads(shown(print)).obeyed).toEqual([]);
  });

  test('commands nothing in two pieces either, and shows the same', () => {
    const whole = shown(print);
    for (let at = 0; at <= print.length; at++) {
      expect(shown(print.subarray(0, at), print.subarray(at))).toBe(whole);
    }
  });

  test('commands nothing byte by byte either, and shows the same', () => {
    expect(shown(...Array.from(print, (byte) => Uint8Array.of(byte)))).toBe(shown(print));
  });
});

test('characters that have no width do not hide a command', () => {
  for (const hidden of ['\ufeff', '\u200b', '\u2060', '\u180e']) {
    expect(harmless(`${hidden}::error::x`).replaceAll(hidden, '')).toBe('\\::error::x');
  }
});

describe('plain output is shown as it is', () => {
  test.each(['Collecting Django==5.2', 'std::vector<int>', 'a ::b:: c', '#[x] ##x[', '100% ✓ 🌍', '', ' indented'])(
    '%j',
    (line) => expect(shown(bytes(`${line}\n`))).toBe(`${line}\n`),
  );

  test('with each kind of line end as one, and an end for the last line', () => {
    expect(shown(bytes('10%\r20%\r\ndone\n\nlast'))).toBe('10%\n20%\ndone\n\nlast\n');
    expect(shown(bytes('done\r'))).toBe('done\n');
    expect(shown()).toBe('');
  });

  test('with a character that two chunks share', () => {
    const [first, second] = [bytes('🌍').subarray(0, 2), bytes('🌍!\n').subarray(2)];
    expect(shown(first, second)).toBe('🌍!\n');
  });

  test('with a mark for bytes that are no text', () => {
    expect(shown(Buffer.from([0x61, 0xff, 0x62, 0x0a]))).toBe('a\ufffdb\n');
  });
});

describe('output without end is cut', () => {
  const chunks = (text: string, size: number) => {
    const all = bytes(text);
    return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.subarray(at * size, (at + 1) * size));
  };

  test.each([10_485_760, 65_536, 4_096])('a line of 10 MB in chunks of %i bytes, with commands in it', (size) => {
    const line = `::error::${'x'.repeat(4_080)}##[add-mask]e ${'y'.repeat(10_000_000)}##[error]z`;
    const written = shown(...chunks(`${line}\nnext\n`, size));
    const [cut = '', ...rest] = written.split('\n');
    expect(cut.length).toBeLessThan(5_000);
    expect(cut.endsWith(' …')).toBe(true);
    expect(rest).toEqual(['next', '']);
    expect(runnerReads(written).obeyed).toEqual([]);
  });

  test('but not the line behind the carriage return that ends it, wherever a chunk ends', () => {
    const long = 'x'.repeat(5_000);
    const behind = (...chunks: string[]) =>
      shown(...chunks.map(bytes))
        .split('\n')
        .slice(1);
    expect(behind(`${long}\rnext\n`)).toEqual(['next', '']);
    expect(behind(`${long}\r`, 'next\n')).toEqual(['next', '']);
  });

  test('after 20,000 lines, and says so', () => {
    const written = shown(bytes('line\n'.repeat(30_000)), bytes('::error::x\n'));
    const lines = written.trimEnd().split('\n');
    expect(lines).toHaveLength(20_001);
    expect(lines.at(-1)).toContain('more than 20000 lines');
    expect(runnerReads(written).obeyed).toEqual([]);
  });
});

describe('no secret is shown', () => {
  const secret = 's3cr3t-of-the-build';
  const texts = [`before ${secret} after\n`, 'Looking in https://bob:hunter2hunter2@pypi.example.com/simple\n'];
  const parts = /s3cr|build|bob|hunter/;

  test.each(texts)('wherever chunks of it end: %j', (text) => {
    for (let at = 0; at <= text.length; at++) {
      const written = shownWithout([secret], bytes(text.slice(0, at)), bytes(text.slice(at)));
      expect(written).toContain('***');
      expect(written).not.toMatch(parts);
    }
  });

  test.each(texts)('wherever a line is cut: %j', (text) => {
    for (let room = 0; room < text.length; room += 1) {
      const line = `${'x'.repeat(4_096 - room)} ${text.trimEnd()} ${'y'.repeat(5_000)}\n`;
      expect(shownWithout([secret], bytes(line))).not.toMatch(parts);
      expect(
        shownWithout(
          [secret],
          ...Array.from({ length: 10 }, (_, at) => bytes(line.slice(at * 1_000, at * 1_000 + 1_000))),
        ),
      ).not.toMatch(parts);
    }
  });

  test('and what a mask leaves over is no command', () => {
    expect(
      runnerReads(shownWithout(['::x-secret'], bytes('::x-secret::error::x ##::x-secret[error]y\n'))).obeyed,
    ).toEqual([]);
  });
});

describe('while commands are stopped', () => {
  async function run(work: (write: (text: string) => void) => Promise<unknown>) {
    let written = '';
    const write = (text: string) => {
      written += text;
    };
    const result = await withCommandsStopped(write, () => work(write)).catch((error: unknown) => error);
    write('::notice::after\n');
    return { result, log: runnerReads(written) };
  }
  const names = (log: ReturnType<typeof runnerReads>) => log.obeyed.map(({ name }) => name);

  test('the runner obeys nothing, and obeys again after success', async () => {
    const { result, log } = await run(async (write) => {
      write('::error::x\n::stop-commands::mine\n::mine::\n');
      return 42;
    });
    expect(result).toBe(42);
    expect(log.stopped).toBe(false);
    expect(names(log)).toEqual(['stop-commands', expect.stringMatching(/^deploy-django-/), 'notice']);
    expect(log.shown).toContain('::error::x');
  });

  test('the runner obeys again after an error', async () => {
    const error = new Error('the build crashed');
    const { result, log } = await run(async (write) => {
      write('::error::x\n');
      throw error;
    });
    expect(result).toBe(error);
    expect(log.stopped).toBe(false);
    expect(names(log).at(-1)).toBe('notice');
  });

  test('nobody can guess the word that resumes', async () => {
    const [one, other] = [await run(async () => undefined), await run(async () => undefined)];
    const tokens = [one, other].map(({ log }) => log.obeyed[0]?.data ?? '');
    expect(tokens[0]).not.toBe(tokens[1]);
    for (const token of tokens) expect(token).toMatch(/[0-9a-f]{32}$/);
  });
});
