import { once } from 'node:events';
import { request } from 'node:http';
import { REQUEST_LIMITS } from '@tributary/capture';
import { mlflowControllers } from '@tributary/mlflow';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limitRequests } from './request-bodies.ts';

const API = '/api/2.0/mlflow';

/** What tables say of the registered model `m`, which has no version. */
const HEAD = {
  name: 'm',
  version: 0,
  source: '',
  run_id: '',
  run_link: '',
  model_id: '',
  description: '',
  retired: false,
  created: 0,
  changed: 0,
};

describe('a creation of a client of MLflow while the tables lag behind', () => {
  let served: ServedProtocol;
  let isLagging = true;
  let begun = 0;
  let left = 0;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    isLagging = false;
    for (const reached of waiting.splice(0)) reached();
  };
  beforeAll(async () => {
    served = await serveProtocol({
      controllers: mlflowControllers,
      stream: (fastify) => {
        limitRequests(fastify, REQUEST_LIMITS);
        fastify.addHook('preHandler', (sent, _reply, done) => {
          begun += 1;
          sent.raw.socket.once('close', () => (left += 1));
          done();
        });
      },
      replace: {
        projector: {
          reached: () =>
            isLagging ? new Promise<void>((reached) => waiting.push(reached)) : Promise.resolve(),
        },
        engine: {
          reader: {
            all: async (question, params) =>
              JSON.stringify(params).includes('["m"]') && question.name === 'tracked-registrations'
                ? [question.row.parse(HEAD)]
                : [],
          },
        },
      },
    });
  });
  beforeEach(() => {
    isLagging = true;
    begun = 0;
    left = 0;
  });
  afterAll(() => served.close());

  const send = (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const client = request(`${served.url}${API}/${path}`, { method: 'POST', headers, agent: false });
    client.on('error', () => undefined);
    client.end(JSON.stringify(body));
    return client;
  };

  it.each([
    ['model-versions/create', { name: 'm', source: 's' }],
    ['registered-models/create', { name: 'n' }],
    ['experiments/create', { name: 'e' }],
  ])('is not stored once its client has left, and the next one is: %s', async (path, body) => {
    const before = (await served.events()).length;
    const attempts = [1, 2, 3].map(() => send(path, body));
    await expect.poll(() => begun).toBe(3);
    for (const client of attempts) client.destroy();
    await expect.poll(() => left).toBe(3);
    release();
    await once(send(path, body), 'response');
    expect((await served.events()).slice(before)).toHaveLength(1);
  });
});
