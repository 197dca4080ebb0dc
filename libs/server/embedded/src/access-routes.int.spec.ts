import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attributor, openEstimators } from '@tributary/attribution-jobs';
import { changeKeys, mintKey, openAccess, serve } from '@tributary/http';
import { streamBodies } from '@tributary/intake';
import { expect, it } from 'vitest';
import { EmbeddedModule } from './embedded.module.ts';
import { openRuntime } from './runtime.ts';

it('has a rule for every route, so that a new one is closed until somebody decides who may use it', async () => {
  const own = mkdtempSync(join(tmpdir(), 'tributary-routes-'));
  const runtime = await openRuntime(own, 16);
  const estimators = openEstimators({ millis: 60_000 });
  const routes: { method: string; url: string }[] = [];
  const everything = mintKey({
    name: 'all',
    scopes: ['read', 'write', 'decide'],
    created: new Date().toISOString(),
  });
  changeKeys(join(own, 'keys.json'), () => [everything.kept]);
  const address = { host: '127.0.0.1', port: 0 };
  const access = { auth: 'keys' as const, keysFile: join(own, 'keys.json') };
  const serving = await serve(
    EmbeddedModule.with(runtime, attributor(runtime.engine.reader, estimators), {}),
    address,
    {
      authenticator: openAccess({ address, ...access, now: Date.now, report: () => undefined }),
      stream: (fastify) => {
        streamBodies(fastify);
        fastify.addHook('onRoute', ({ method, url }) => {
          for (const one of [method].flat()) routes.push({ method: one, url });
        });
      },
    },
  );
  expect(routes.length).toBeGreaterThan(60);
  for (const { method, url } of routes.filter((route) => route.method !== 'TRACE')) {
    const path = serving.url + url.replaceAll(/:\w+|\*/g, '0f');
    const type = { 'content-type': 'application/json' };
    const unknown = await fetch(path, { method, headers: type });
    const isOpen = url === '/health' || url === '/ready';
    expect([method, url, unknown.status === 401]).toEqual([method, url, !isOpen]);
    const known = await fetch(path, {
      method,
      headers: { ...type, authorization: `Bearer ${everything.key}` },
    });
    expect([method, url, known.status === 403]).toEqual([method, url, false]);
  }
  await serving.stop();
  await estimators.close();
  await runtime.close();
  rmSync(own, { recursive: true });
});
