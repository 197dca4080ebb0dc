import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import fc from 'fast-check';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import Connection from 'kafkajs/src/network/connection.js';
import { afterEach, describe, expect, it } from 'vitest';
import { separateConnections } from './answer-frames.ts';

separateConnections();

const silent = { namespace: () => ({ debug: () => undefined, error: () => undefined }) };

const request = {
  apiKey: 18,
  apiVersion: 0,
  apiName: 'Numbers',
  encode: () => Promise.resolve(new Encoder()),
};
const response = {
  decode: (answer: Buffer) => Promise.resolve(answer.readInt32BE()),
  parse: (decoded: unknown) => Promise.resolve(Number(decoded)),
};

/** The answer 7 to a request as a broker writes it. */
function answerTo(bytes: Buffer): Buffer {
  const answer = Buffer.alloc(12);
  answer.writeInt32BE(8, 0);
  bytes.copy(answer, 4, 8, 12);
  answer.writeInt32BE(7, 8);
  return answer;
}

let server: Server | undefined;
let connection: Connection | undefined;
afterEach(async () => {
  connection?.socket?.destroy();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

/** A broker that does something to the first request, and answers each later one. */
async function connectionTo(first: (socket: Socket, answer: Buffer) => void): Promise<Connection> {
  let requests = 0;
  server = createServer((socket) =>
    socket
      .on('error', () => undefined)
      .on('data', (bytes) => {
        requests += 1;
        if (requests === 1) first(socket, answerTo(bytes));
        else socket.write(answerTo(bytes));
      }),
  );
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has one
  const { port } = server.address() as AddressInfo;
  return (connection = new Connection({
    host: '127.0.0.1',
    port,
    logger: silent,
    socketFactory: ({ host, port: to, onConnect }) => connect({ host, port: to }, onConnect),
    requestTimeout: 5_000,
    connectionTimeout: 5_000,
  }));
}

const ask = async (one: Connection): Promise<number | 'failed'> => {
  await one.connect();
  return one.send<number>({ request, response }).catch(() => 'failed' as const);
};

describe('a connection to a broker', () => {
  it('reads whole answers after one that broke off at any byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 11 }), async (bytes) => {
        const one = await connectionTo((socket, answer) => socket.end(answer.subarray(0, bytes)));
        expect(await ask(one)).toBe('failed');
        expect(await ask(one)).toBe(7);
        one.socket?.destroy();
        server?.close();
      }),
      { numRuns: 12 },
    );
  });

  it.each([0, 3])(
    'fails the request, and no more, where an answer says that it has %i bytes',
    async (length) => {
      const one = await connectionTo((socket, answer) => {
        answer.writeInt32BE(length, 0);
        socket.write(answer);
      });
      expect(await ask(one)).toBe('failed');
      expect(await ask(one)).toBe(7);
    },
  );
});
