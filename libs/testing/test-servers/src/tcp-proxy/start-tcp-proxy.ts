import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { forward, type NetworkFaults } from './forward.ts';

export type TcpProxy = {
  readonly port: number;
  /** The number of open connections. */
  connections(): number;
  /** Delays all bytes, in both directions. */
  delay(millis: number): void;
  /** Sends RST on every connection, to both ends. */
  reset(): void;
  /** Connections that are open now are reset when their client sends more, as load balancers do with idle ones. */
  strand(): void;
  /** Connections stay open and nothing is forwarded. Held bytes are forwarded when it is switched off. */
  blackhole(on: boolean): void;
  /** New connections are refused; open ones continue. */
  refuse(on: boolean): Promise<void>;
  /** Resets the connection on which clients exceed this number of bytes, counted from now over all connections. */
  dropAfter(bytes: number): void;
  /** Sends FIN to all clients; bytes of clients are still forwarded. */
  halfClose(): void;
  /**
   * After this many answers from now, the next answer is truncated to `bytes` and followed by a reset. An answer begins
   * with the server's first bytes after bytes of the client. The server has processed the request.
   */
  cutAnswerAfterRequests(answers: number, bytes?: number): void;
  stop(): Promise<void>;
};

type Address = { readonly host: string; readonly port: number };

/** A TCP proxy that can fail as networks do. It knows no protocol. */
export async function startTcpProxy({ to }: { readonly to: Address }): Promise<TcpProxy> {
  const faults: NetworkFaults = {
    delay: 0,
    blackhole: undefined,
    bytesLeft: Infinity,
    answersLeft: Infinity,
    truncatedBytes: 0,
    generation: 0,
  };
  const { open, join, reset } = pairs(to, faults);
  const server = createServer({ allowHalfOpen: true, noDelay: true }, join);
  const port = await listen(server, 0);

  let release = (): void => undefined;
  const blackhole = (on: boolean): void => {
    release();
    release = () => undefined;
    faults.blackhole = on ? new Promise((resolve) => (release = resolve)) : undefined;
  };

  return {
    port,
    connections: () => open.size,
    delay: (millis) => void (faults.delay = millis),
    reset,
    strand: () => void (faults.generation += 1),
    blackhole,
    async refuse(on) {
      if (on === !server.listening) return;
      if (on) server.close();
      else await listen(server, port);
    },
    dropAfter: (bytes) => void (faults.bytesLeft = bytes),
    halfClose: () => open.forEach(([client]) => client.end()),
    cutAnswerAfterRequests(answers, bytes = 0) {
      faults.answersLeft = answers;
      faults.truncatedBytes = bytes;
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
function pairs(to: Address, faults: NetworkFaults) {
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
    forward(client, server, faults, cut);
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
