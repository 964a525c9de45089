import { connect as open } from 'node:net';
import { HttpError } from '../core/http-error.ts';
import type { Connect } from '../core/ports.ts';
import { failureOf } from './http-client.ts';

/** Milliseconds for a connection; a firewall that lets nobody in does not answer at all. */
const timeout = 5_000;

/** Connects over TCP, by the name's addresses one after the other; no proxy is asked, because databases have none. */
export const connect: Connect = async ({ host, port }, signal) => {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const socket = open({ host, port });
    const end = (error?: unknown) => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const abort = () => end(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    socket.setTimeout(timeout, () =>
      end(new HttpError('timeout', `${host}:${port} did not answer in ${timeout / 1_000} s`)),
    );
    socket.once('connect', () => end());
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(new HttpError(failureOf(error.code ?? ''), `${host}:${port}: ${error.code ?? error.message}`, error)),
    );
  });
};
