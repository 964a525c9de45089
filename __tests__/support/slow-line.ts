import { connect, type Socket } from 'node:net';
import { type LoopbackServer, serveTcp } from './server.ts';

export interface SlowLine extends Pick<LoopbackServer, 'port' | 'stop'> {
  /** Bytes that went to the server and came back, headers included. */
  readonly carried: () => { readonly up: number; readonly down: number };
}

/**
 * A line to a server on loopback that all connections share: so many bytes a second up, and as many down. It takes from a
 * sender no more than it can carry, so that the sender's own buffers fill up as on a real line.
 */
export async function startSlowLine(target: string, bytesPerSecond: number): Promise<SlowLine> {
  const { hostname, port } = new URL(target);
  const totals = { up: 0, down: 0 };
  const onward = new Set<Socket>();

  /** Copies one direction, in the pace of what all connections have sent in it before. */
  function carrier(way: 'up' | 'down') {
    let free = performance.now();
    return async (from: Socket, to: Socket) => {
      try {
        for await (const chunk of from) {
          const bytes = (chunk as Buffer).length;
          free = Math.max(free, performance.now()) + (bytes * 1_000) / bytesPerSecond;
          await new Promise((done) => setTimeout(done, free - performance.now()));
          totals[way] += bytes;
          if (!to.write(chunk as Buffer)) await new Promise((done) => to.once('drain', done).once('close', done));
        }
        to.end();
      } catch {
        to.destroy();
      }
    };
  }

  const up = carrier('up');
  const down = carrier('down');
  const line = await serveTcp((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    onward.add(far);
    far.on('error', () => near.destroy()).on('close', () => onward.delete(far));
    void up(near, far);
    void down(far, near);
  });
  return {
    port: line.port,
    carried: () => ({ ...totals }),
    stop() {
      for (const socket of onward) socket.destroy();
      return line.stop();
    },
  };
}
