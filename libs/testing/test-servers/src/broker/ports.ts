import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Below what systems give to outgoing connections: while a killed broker is down, a client that knocks at a port of
 * that range can be given the very port as its own, is then connected with itself, and the broker can't come back.
 */
const RANGE = { from: 20_000, to: 32_000 } as const;

/** Free ports of the loopback, all different. Nothing keeps them free until they are taken. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(RANGE.from, RANGE.to);
    const server = createServer();
    if (await listens(server, port)) {
      held.push(server);
      ports.push(port);
    }
  }
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function listens(server: Server, port: number): Promise<boolean> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  }
}
