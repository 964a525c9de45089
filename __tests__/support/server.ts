import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

/** A server on loopback that ends with all its connections. */
export interface LoopbackServer {
  readonly port: number;
  readonly origin: string;
  readonly server: Server;
  stop(): Promise<void>;
}

async function listen(server: Server): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    server,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers over HTTP in any way that Node's server can: raw bodies, half an answer, none at all. */
export const serveHttp = (listener: RequestListener): Promise<LoopbackServer> => listen(createHttpServer(listener));

/** Takes bare connections. */
export const serveTcp = (onConnection: (socket: Socket) => void): Promise<LoopbackServer> =>
  listen(createTcpServer(onConnection));
