import type { AddressInfo } from 'node:net';
import { httpEmulator, type EmulatorConfig } from './http-emulator.ts';
import { openSessions } from './sessions.ts';

/** A process of its own: chDB has one a directory, and a test kills it. The configuration is the only argument. */
const config: EmulatorConfig & { readonly directory: string; readonly port: number } = JSON.parse(
  process.argv[2] ?? '{}',
);
const sessions = await openSessions(config.directory);
const server = httpEmulator(sessions, config);

server.listen(config.port, '127.0.0.1', () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has a port
  process.send?.({ port: (server.address() as AddressInfo).port });
});

/** A query without an end holds nobody up. */
const CLOSING_MILLIS = 10_000;

/** The parent went away or said goodbye. */
async function close(): Promise<void> {
  setTimeout(() => process.exit(1), CLOSING_MILLIS).unref();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await sessions.close();
  process.exit(0);
}
process.once('disconnect', () => void close());
