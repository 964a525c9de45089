import type { HostStatus } from '../contract/host.ts';
import { answerOf } from './ssh-scripts.ts';

/** What went wrong, by the words of ssh-job.ts. */
const failures: Readonly<Record<string, string>> = {
  queued: 'the job did not start',
  unpack: 'the artifact could not be unpacked',
  install: 'the dependencies could not be installed',
  migrate: 'migrate failed',
  collectstatic: 'collectstatic failed',
  switch: 'the link "current" could not be switched',
  reload: 'reload failed',
  health: 'health failed after the switch',
  command: 'the command failed',
};

/**
 * Where a job is, from the answer of the server's script.
 * @param id The release that is live when the job went well.
 * @param sha Its commit.
 */
export function statusOf(stdout: string, id: string, sha: string): HostStatus {
  const [, word = '', rest = ''] = /^(\S+) ?(.*)$/.exec(answerOf(stdout, 'state') ?? '') ?? [];
  const [liveId = '', liveSha = ''] = (answerOf(stdout, 'live') ?? '').split(' ');
  if (word === '') return { phase: 'failed', reason: 'the server does not know the job any more' };
  if (word === 'superseded') return { phase: 'superseded', ...(liveSha ? { by: liveSha } : {}) };
  if (word === 'live') {
    const isOurs = liveId === id || (liveSha !== '' && liveSha === sha);
    if (isOurs) return { phase: 'live', ...(liveSha ? { commit: liveSha } : {}) };
    return { phase: 'superseded', ...(liveSha ? { by: liveSha } : {}) };
  }
  if (word === 'cancelled') return { phase: 'cancelled', reason: `it was cancelled on the server during ${rest}` };
  if (word === 'failed') {
    const [, phase = '', code = '', after = ''] = /^(\S+) (\d+)(.*)$/.exec(rest) ?? [];
    return { phase: 'failed', reason: `${failures[phase] ?? phase}: exit status ${code}${after}` };
  }
  if (answerOf(stdout, 'alive') === 'no')
    return { phase: 'failed', reason: `the job ended without a result during ${word}, as when the server restarts` };
  return word === 'queued' ? { phase: 'queued' } : { phase: 'running', state: word };
}
