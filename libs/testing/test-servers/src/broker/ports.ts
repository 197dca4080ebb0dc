import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Below the ephemeral ports. While a killed broker is down, a client that connects to an ephemeral port can get the same
 * port as its own. It is then connected to itself, and the broker cannot listen again.
 */
const RANGE = { from: 20_000, to: 32_000 } as const;

/** Distinct free ports of the loopback interface. Another process may take them before they are used. */
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
