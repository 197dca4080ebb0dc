import { request } from 'node:http';
import { ANSWERING_LIMITS } from '@tributary/capture';
import { currentSignal, untilAborted } from '@tributary/kernel';
import { mlflowControllers } from '@tributary/mlflow';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boundQuestions } from './question-requests.ts';
import { isQuestion } from './question-routes.ts';

const API = '/api/2.0/mlflow';

it.each([
  ['GET', '/', true],
  ['GET', '/graphql', true],
  ['POST', '/graphql', true],
  ['GET', `${API}/runs/get`, true],
  ['POST', `${API}/runs/search`, true],
  ['POST', `/ajax-api/2.0/mlflow/experiments/search-datasets`, true],
  ['GET', `${API}/registered-models/search`, true],
  ['GET', `${API}-artifacts/artifacts`, true],
  /* What is being written goes on without its client, and a file may take as long as it needs. */
  ['POST', `${API}/runs/log-batch`, false],
  ['PATCH', `${API}/logged-models/:model`, false],
  ['PUT', `${API}-artifacts/artifacts/*`, false],
  ['GET', `${API}-artifacts/artifacts/*`, false],
  ['GET', '/get-artifact', false],
  ['GET', `${API}/get-artifact`, false],
  ['GET', `${API}/*`, false],
  ['POST', '/v1/events', false],
  ['GET', '/health', false],
])('counts %s %s as a question: %s', (method, route, expected) => {
  expect(isQuestion(method, route)).toBe(expected);
});

describe('a read of a client of MLflow', () => {
  let served: ServedProtocol;
  const endings: string[] = [];
  let waiting = 0;
  beforeAll(async () => {
    served = await serveProtocol({
      controllers: mlflowControllers,
      stream: (fastify) =>
        void boundQuestions(fastify, {
          isQuestion,
          limits: { ...ANSWERING_LIMITS, questions: 2 },
          ended: (how) => endings.push(how),
        }),
      /* Queries that run until they are ended, as those of both engines are. */
      replace: {
        engine: {
          reader: {
            all: () => {
              waiting += 1;
              return untilAborted(new Promise<never>(() => undefined), currentSignal()).finally(
                () => (waiting -= 1),
              );
            },
          },
        },
      },
    });
  });
  beforeEach(() => {
    endings.length = 0;
  });
  afterAll(() => served.close());

  const leave = async (path: string): Promise<void> => {
    const before = waiting;
    const client = request(served.url + path);
    client.on('error', () => undefined);
    client.end();
    await expect.poll(() => waiting).toBeGreaterThan(before);
    client.destroy();
  };

  it.each([
    `${API}/runs/get?run_id=r`,
    `${API}/experiments/get?experiment_id=1`,
    `${API}-artifacts/artifacts?path=0/r/artifacts`,
  ])('ends with its connection: %s', async (path) => {
    await leave(path);
    await expect.poll(() => waiting).toBe(0);
    expect(endings).toEqual(['client_left']);
  });

  it('is one of a number that is answered at once; a further one is told so in the form of the API', async () => {
    const held = [1, 2].map(() => {
      const client = request(`${served.url}${API}/runs/get?run_id=r`);
      client.on('error', () => undefined);
      client.end();
      return client;
    });
    await expect.poll(() => waiting).toBeGreaterThanOrEqual(2);
    const refused = await fetch(`${served.url}${API}/runs/get?run_id=r`);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      503,
      '1',
      { error_code: 'TEMPORARILY_UNAVAILABLE', message: expect.stringMatching(/TRIBUTARY_QUESTIONS/) },
    ]);
    /* What it logs is not refused. */
    const created = await fetch(`${served.url}${API}/runs/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(created.status).toBe(200);
    for (const client of held) client.destroy();
    await expect.poll(() => waiting).toBe(0);
  });
});
