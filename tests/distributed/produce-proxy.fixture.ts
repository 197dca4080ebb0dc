import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export type ProduceProxy = {
  readonly port: number;
  /** Forwards so many requests that write to the topic, then calls `act` in the place of the next one, and holds the rest. */
  holdAfter(requests: number, topic: string, act: () => void): void;
  /** Forwards everything again, on new connections. */
  release(): void;
  stop(): Promise<void>;
};

/** The protocol's number of the request that writes records. */
const PRODUCE = 0;
const LENGTH_BYTES = 4;

/** A proxy in front of a broker that tells requests apart and can hold them between two writes. */
export async function startProduceProxy(to: number): Promise<ProduceProxy> {
  let left = Infinity;
  let topic = '';
  let act = (): void => undefined;
  const server = createServer({ noDelay: true }, (client) => {
    const broker = connect({ host: '127.0.0.1', port: to, noDelay: true });
    let pending = Buffer.alloc(0);
    client.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= LENGTH_BYTES && pending.length >= LENGTH_BYTES + pending.readInt32BE(0)) {
        const end = LENGTH_BYTES + pending.readInt32BE(0);
        const request = pending.subarray(0, end);
        pending = pending.subarray(end);
        if (request.readInt16BE(LENGTH_BYTES) === PRODUCE && request.includes(topic)) {
          if (left === 0) act();
          left -= 1;
        }
        if (left >= 0) broker.write(request);
      }
    });
    broker.on('data', (answer) => client.write(answer));
    for (const [one, other] of [[client, broker] as const, [broker, client] as const]) {
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has one
    port: (server.address() as AddressInfo).port,
    holdAfter(requests, name, then) {
      [left, topic, act] = [requests, name, then];
    },
    release() {
      left = Infinity;
    },
    async stop() {
      server.close();
    },
  };
}
