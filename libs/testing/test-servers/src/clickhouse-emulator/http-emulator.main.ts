import type { AddressInfo } from 'node:net';
import { httpEmulator, type EmulatorConfig } from './http-emulator.ts';
import { openSessions } from './sessions.ts';

/** A separate process, because chDB allows one per directory and tests kill it. Its only argument is the configuration. */
const config: EmulatorConfig & { readonly directory: string; readonly port: number } = JSON.parse(
  process.argv[2] ?? '{}',
);
const sessions = await openSessions(config.directory);
const server = httpEmulator(sessions, config);

server.listen(config.port, '127.0.0.1', () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has a port
  process.send?.({ port: (server.address() as AddressInfo).port });
});

/** Milliseconds after which a query that still runs is abandoned. */
const CLOSING_MILLIS = 10_000;

/** Called when the parent has died or disconnected. */
async function close(): Promise<void> {
  setTimeout(() => process.exit(1), CLOSING_MILLIS).unref();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await sessions.close();
  process.exit(0);
}
process.once('disconnect', () => void close());
