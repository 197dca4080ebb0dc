import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { forward, type NetworkFaults } from './forward.ts';

export type TcpProxy = {
  readonly port: number;
  /** Connections now open. */
  connections(): number;
  /** Every piece arrives this much later, in both directions. */
  delay(millis: number): void;
  /** RST on every connection, at both ends. */
  reset(): void;
  /** Connections that are open now are reset when their client says more, as a balancer does with idle ones. */
  strand(): void;
  /** Connections stay open and nothing arrives; what was held comes when it ends. */
  blackhole(on: boolean): void;
  /** Nobody listens: new connections are refused, and open ones go on. */
  refuse(on: boolean): Promise<void>;
  /** The connection that carries the client's bytes beyond these, counted from now, is reset. */
  dropAfter(bytes: number): void;
  /** The server says no more to anybody (FIN), and still hears. */
  halfClose(): void;
  /**
   * After this many answers from now, the next answer is lost: `bytes` of it arrive, then a reset. An
   * answer begins with the server's first bytes after bytes of the client. The server has done the work.
   */
  cutAnswerAfterRequests(answers: number, bytes?: number): void;
  stop(): Promise<void>;
};

type Address = { readonly host: string; readonly port: number };

/** A connection in the middle that can fail in the ways networks do. It knows no protocol. */
export async function startTcpProxy({ to }: { readonly to: Address }): Promise<TcpProxy> {
  const weather: NetworkFaults = {
    delay: 0,
    blackhole: undefined,
    bytesLeft: Infinity,
    answersLeft: Infinity,
    truncatedBytes: 0,
    generation: 0,
  };
  const { open, join, reset } = pairs(to, weather);
  const server = createServer({ allowHalfOpen: true, noDelay: true }, join);
  const port = await listen(server, 0);

  let release = (): void => undefined;
  const blackhole = (on: boolean): void => {
    release();
    release = () => undefined;
    weather.blackhole = on ? new Promise((resolve) => (release = resolve)) : undefined;
  };

  return {
    port,
    connections: () => open.size,
    delay: (millis) => void (weather.delay = millis),
    reset,
    strand: () => void (weather.generation += 1),
    blackhole,
    async refuse(on) {
      if (on === !server.listening) return;
      if (on) server.close();
      else await listen(server, port);
    },
    dropAfter: (bytes) => void (weather.bytesLeft = bytes),
    halfClose: () => open.forEach(([client]) => client.end()),
    cutAnswerAfterRequests(answers, bytes = 0) {
      weather.answersLeft = answers;
      weather.truncatedBytes = bytes;
    },
    async stop() {
      const closed = server.listening ? once(server, 'close') : undefined;
      server.close();
      blackhole(false);
      reset();
      await closed;
    },
  };
}

/** The two sockets of every connection. */
function pairs(to: Address, weather: NetworkFaults) {
  const open = new Set<readonly [Socket, Socket]>();
  const join = (client: Socket): void => {
    const server = connect({ ...to, allowHalfOpen: true, noDelay: true });
    const pair = [client, server] as const;
    open.add(pair);
    const cut = (): void => pair.forEach((socket) => socket.resetAndDestroy());
    for (const socket of pair) {
      socket.on('error', cut);
      socket.on('close', () => {
        if (pair.every(({ destroyed }) => destroyed)) open.delete(pair);
      });
    }
    forward(client, server, weather, cut);
  };
  const reset = (): void => open.forEach((pair) => pair.forEach((socket) => socket.resetAndDestroy()));
  return { open, join, reset };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has a port
  return (server.address() as AddressInfo).port;
}
