import { serve } from '@tributary/http';
import type { Authenticator } from '@tributary/http';
import { expect, it } from 'vitest';
import { AttributionModule } from './attribution.module.ts';
import type { Attributor } from './attributor.ts';

/** Knows everybody as somebody with one scope. */
const knownWith = (scope: 'read' | 'write'): Authenticator => ({
  authenticate: () => ({ ok: true, actor: { name: 'api', scopes: new Set([scope]) } }),
});

/** The status of each question with an empty body, by its route, as the service answers it to callers with a scope. */
async function statuses(scope: 'read' | 'write'): Promise<ReadonlyMap<string, number>> {
  const routes: string[] = [];
  const health = { alive: () => ({}), conditions: () => Promise.resolve([]), ready: () => ({}) };
  const never = () => Promise.reject(new Error('an empty question is refused before it is answered'));
  const attributor: Attributor = {
    experiments: never,
    attribute: never,
    predict: never,
    design: never,
    rank: never,
  };
  const serving = await serve(
    AttributionModule.with(attributor, health),
    { host: '127.0.0.1', port: 0 },
    {
      authenticator: knownWith(scope),
      stream: (fastify) =>
        void fastify.addHook('onRoute', ({ method, url }) => {
          if (method === 'POST') routes.push(url);
        }),
    },
  );
  const asked = await Promise.all(
    routes.map(async (route) => {
      const headers = { 'content-type': 'application/json' };
      const { status } = await fetch(serving.url + route, { method: 'POST', headers, body: '{}' });
      return [route, status] as const;
    }),
  );
  await serving.stop();
  return new Map(asked);
}

const QUESTIONS = ['experiments', 'attribute', 'predict', 'design', 'rank'].map((name) => `/v1/${name}`);

it('answers every question of the service to a key with the scope read, and to no other', async () => {
  const [reading, writing] = [await statuses('read'), await statuses('write')];
  expect([...reading.keys()].toSorted()).toEqual(expect.arrayContaining(QUESTIONS));
  const UNREADABLE = 422;
  expect([...reading].filter(([, status]) => status !== UNREADABLE)).toEqual([]);
  expect([...writing].filter(([, status]) => status !== 403)).toEqual([]);
});
