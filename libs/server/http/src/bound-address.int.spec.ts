import 'reflect-metadata';
import dns from 'node:dns';
import { expect, it, vi } from 'vitest';
import { serve } from './serve.ts';

class EmptyModule {}

/** Lets `localhost` have two addresses for whoever asks for all of them. */
function twoAddresses(): { mockRestore(): void } {
  const { lookup } = dns;
  const both = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
  return vi.spyOn(dns, 'lookup').mockImplementation((...given: unknown[]) => {
    const [host, options, done] = given;
    if (host === 'localhost' && typeof options === 'object' && typeof done === 'function') done(null, both);
    else Reflect.apply(lookup, dns, given);
  });
}

it('listens on one address of localhost, because servers that Fastify makes for the others have no limits', async () => {
  const metrics = () => Promise.resolve({ type: 'text/plain', text: 'm 1' });
  const names = twoAddresses();
  const address = { host: 'localhost', port: 0, metricsPort: 0 };
  const serving = await serve({ module: EmptyModule }, address, { metrics }).finally(() =>
    names.mockRestore(),
  );
  try {
    for (const url of [serving.url, serving.metricsUrl ?? '']) {
      const { status } = await fetch(url);
      expect(status).toBe(404);
      const other = fetch(url.replace('127.0.0.1', '127.0.0.2')).catch((error: unknown) => error);
      expect(await other).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    }
  } finally {
    await serving.stop();
  }
});
