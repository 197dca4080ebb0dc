import { once } from 'node:events';
import { createServer } from 'node:http';
import { startBroker } from './broker.ts';
import type { Broker } from './broker.ts';

/** Holds the address that `serveSharedBroker` answers on. The processes of test files inherit it. */
const ADDRESS = 'TRIBUTARY_SHARED_BROKER';

/** A broker that other test files use at the same time. Nobody but its owner can stop, kill or freeze it. */
export type SharedBroker = Pick<Broker, 'bootstrap'>;

/**
 * The one broker of a test run; the first call starts it. Topics, groups and transactional ids on it must have names
 * that no other file uses. Tests that kill or freeze a broker, or that need several or other settings, call
 * `startBroker`. Throws an Error if the broker cannot be started.
 */
export async function sharedBroker(): Promise<SharedBroker> {
  const address = process.env[ADDRESS];
  if (address === undefined)
    throw new Error(
      `${ADDRESS} is not set: run the test with the vitest.config.ts of the repository, in a project whose globalSetup serves the shared broker`,
    );
  const response = await fetch(address);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return { bootstrap: text.split(',') };
}

/**
 * Answers calls of `sharedBroker` from the processes of test files, and owns the broker. Starts it at the first call
 * only. Resolves with a function that stops it; it is also removed when this process ends in any way. Returns nothing
 * if this process serves it already.
 */
export async function serveSharedBroker(
  start: () => Promise<Broker> = startBroker,
): Promise<(() => Promise<void>) | undefined> {
  if (process.env[ADDRESS] !== undefined) return undefined;
  let started: Promise<Broker> | undefined;
  const server = createServer((_request, response) => {
    started ??= start();
    started.then(
      ({ bootstrap }) => response.end(bootstrap.join(',')),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  process.env[ADDRESS] = `http://127.0.0.1:${address.port}`;
  return async () => {
    delete process.env[ADDRESS];
    server.close();
    server.closeAllConnections();
    const broker = await started?.catch(() => undefined);
    await broker?.stop();
  };
}

/** The `globalSetup` of the test projects whose files may use a broker. Vitest calls it with the project. */
export const setup = (): Promise<(() => Promise<void>) | undefined> => serveSharedBroker();
