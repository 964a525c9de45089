import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { connect } from '../../../src/runner/connect.ts';
import { never } from '../../support/fakes.ts';
import { serveTcp } from '../../support/server.ts';

test('a server that takes connections is reached', async () => {
  const server = await serveTcp(() => undefined);
  await expect(connect({ host: '127.0.0.1', port: server.port }, never)).resolves.toBeUndefined();
  await server.stop();
});

test('a port that nobody listens on is refused', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  await expect(connect({ host: '127.0.0.1', port }, never)).rejects.toMatchObject({ failure: 'refused' });
});

test('a name that does not exist is unresolved', async () => {
  await expect(connect({ host: 'database.invalid', port: 5432 }, never)).rejects.toMatchObject({
    failure: 'unresolved',
  });
});

test('a run that is cancelled waits for no connection', async () => {
  const reason = new Error('cancelled');
  await expect(connect({ host: '127.0.0.1', port: 1 }, AbortSignal.abort(reason))).rejects.toBe(reason);
});
