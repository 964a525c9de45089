import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createRedactor } from '../../../src/lib/secret.ts';
import { createRunnerLog } from '../../../src/runner/runner-log.ts';
import { runnerReads } from '../../support/runner-parser.ts';

let written: string;
const redactor = createRedactor();
const runnerLog = createRunnerLog(redactor);

beforeEach(() => {
  written = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += text;
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const names = () => runnerReads(written).obeyed.map(({ name }) => name);

test('annotations stand where the mistake is, with every line of the message', () => {
  runnerLog.error('broken\nin two lines, 100%', { file: 'config/settings.py', line: 12 });
  runnerLog.warning('careful', { file: 'a,b:c.py' });
  runnerLog.notice('by the way');
  expect(runnerReads(written).obeyed).toEqual([
    { name: 'error', properties: { file: 'config/settings.py', line: '12' }, data: 'broken\nin two lines, 100%' },
    { name: 'warning', properties: { file: 'a,b:c.py' }, data: 'careful' },
    { name: 'notice', properties: {}, data: 'by the way' },
  ]);
});

test('a group is folded, and ends where its work fails too', async () => {
  await runnerLog.group('Build', async () => runnerLog.info('inside'));
  expect(names()).toEqual(['group', 'endgroup']);
  expect(runnerReads(written).shown).toContain('inside');
  const failing = runnerLog.group('Build', () => Promise.reject(new Error('failed')));
  await expect(failing).rejects.toThrow('failed');
  expect(names()).toEqual(['group', 'endgroup', 'group', 'endgroup']);
});

// Results, findings and what a host says hold text of the project, of its build and of strangers' servers.
test.each([
  ['the old form inside a line', '✓ Build: Django 5.2, settings ##[add-mask]e'],
  ['a second line that is a command', 'warning: a check says\n::set-output name=url::https://evil.example'],
  ['a carriage return before a command', 'x\r::stop-commands::t'],
  ['a line that starts as a command', '::add-mask::e'],
])('a line of the log commands nothing: %s', (_, line) => {
  expect(runnerReads(line).obeyed).not.toEqual([]);
  runnerLog.info(line);
  expect(names()).toEqual([]);
});

test('an annotation or a title with a command in it commands nothing else', async () => {
  const text = 'x ##[add-mask]e\n::set-output name=url::evil\r::add-mask::e';
  runnerLog.error(text, { file: '::add-mask::e', line: 1 });
  runnerLog.warning(text);
  runnerLog.notice(text);
  await runnerLog.group(text, async () => undefined);
  expect(names()).toEqual(['error', 'warning', 'notice', 'group', 'endgroup']);
});

test.each([
  ['a stage that is done', '✓ Build: done', '\u001b[32m✓ Build: done\u001b[0m\n'],
  ['a stage that failed', '✗ Build: no\nmore', '\u001b[31m✗ Build: no\u001b[0m\nmore\n'],
  ['another line', 'Live ✓', 'Live ✓\n'],
])('colours %s, where colours are shown, and nothing elsewhere', (_what, line, shown) => {
  createRunnerLog(redactor, true).info(line);
  expect(written).toBe(shown);
  written = '';
  runnerLog.info(line);
  expect(written).toBe(`${line}\n`);
});

test('no line, annotation or title holds a secret', async () => {
  redactor.add('s3cr3t-of-the-run');
  const text = 's3cr3t-of-the-run at https://bob:hunter2@host';
  runnerLog.info(text);
  runnerLog.error(text);
  runnerLog.warning(text);
  runnerLog.notice(text);
  await runnerLog.group(text, async () => undefined);
  expect(written.match(/\*\*\* at https:\/\/\*\*\*@host/g)).toHaveLength(5);
  expect(written).not.toMatch(/s3cr3t|hunter2/);
});

test.each([
  'a.py\n::error::x',
  'a.py\r::add-mask::e',
  'a%0A::error::x',
  'x::add-mask::e',
  'a.py,line=1,title=x',
  '##[add-mask]e',
])('the name of a file is a name: %j', (file) => {
  runnerLog.error('broken', { file, line: 1 });
  expect(runnerReads(written).obeyed).toEqual([{ name: 'error', properties: { file, line: '1' }, data: 'broken' }]);
});
