import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Broker } from './broker.ts';
import { serveSharedBroker, sharedBroker } from './shared-broker.ts';

/* The run of this test serves a broker too, which must not be used here. */
beforeEach(() => void vi.stubEnv('TRIBUTARY_SHARED_BROKER', undefined));
afterEach(() => void vi.unstubAllEnvs());

/** Counts the starts and stops of a broker that does not exist. */
function counted() {
  const counts = { starts: 0, stops: 0 };
  const start = (): Promise<Broker> => {
    counts.starts += 1;
    return Promise.resolve({
      bootstrap: ['127.0.0.1:1'],
      stop: () => Promise.resolve(void (counts.stops += 1)),
    } as unknown as Broker);
  };
  return { counts, start };
}

it('starts one broker for all calls, at the first one, and stops it at the end', async () => {
  const { counts, start } = counted();
  const stop = await serveSharedBroker(start);
  expect(counts.starts).toBe(0);
  const calls = await Promise.all([sharedBroker(), sharedBroker(), sharedBroker()]);
  expect(calls).toEqual(calls.map(() => ({ bootstrap: ['127.0.0.1:1'] })));
  expect(counts).toEqual({ starts: 1, stops: 0 });
  await stop?.();
  expect(counts).toEqual({ starts: 1, stops: 1 });
  await expect(sharedBroker()).rejects.toThrow('TRIBUTARY_SHARED_BROKER is not set');
});

it('starts none where no file asks for it', async () => {
  const { counts, start } = counted();
  const stop = await serveSharedBroker(start);
  await stop?.();
  expect(counts).toEqual({ starts: 0, stops: 0 });
});

it('is served once, also if several projects of a run set it up', async () => {
  const { counts, start } = counted();
  const stop = await serveSharedBroker(start);
  expect(await serveSharedBroker(start)).toBeUndefined();
  await sharedBroker();
  expect(counts.starts).toBe(1);
  await stop?.();
});

it('passes on why the broker cannot be started', async () => {
  const stop = await serveSharedBroker(() => Promise.reject(new Error('no JVM')));
  await expect(sharedBroker()).rejects.toThrow('no JVM');
  await stop?.();
});
