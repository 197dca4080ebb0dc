import type { ServedProtocol } from '@tributary/test-endpoint';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveTracker, trackerClient } from '../mlflow.fixture.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveTracker();
});
afterAll(() => served.close());

const { call, createRun } = trackerClient(() => served.url);

const PATHS = [
  'experiments/create',
  'experiments/search',
  'experiments/update',
  'experiments/set-experiment-tag',
  'experiments/search-datasets',
  'runs/create',
  'runs/update',
  'runs/search',
  'runs/log-batch',
  'runs/log-metric',
  'runs/log-parameter',
  'runs/set-tag',
  'runs/delete-tag',
  'runs/log-inputs',
  'runs/log-model',
  'runs/outputs',
  'logged-models',
  'logged-models/search',
  'registered-models/create',
  'registered-models/alias',
  'registered-models/set-tag',
  'registered-models/get-latest-versions',
  'model-versions/create',
  'model-versions/set-tag',
];

const FIELDS = [
  'alias',
  'artifact_location',
  'datasets',
  'description',
  'end_time',
  'experiment_id',
  'experiment_ids',
  'filter',
  'key',
  'max_results',
  'metrics',
  'model_json',
  'models',
  'name',
  'order_by',
  'page_token',
  'params',
  'run_name',
  'source',
  'stages',
  'start_time',
  'status',
  'step',
  'tags',
  'timestamp',
  'value',
  'version',
];

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('0', '__proto__', 'x'.repeat(600)),
);
const anyItem = fc.dictionary(
  fc.constantFrom('key', 'value', 'dataset', 'model_id', 'timestamp', 'step', 'name'),
  fc.oneof(anyText, fc.double(), fc.jsonValue()),
);
const anyValue = fc.oneof(
  anyText,
  fc.maxSafeInteger(),
  fc.jsonValue(),
  fc.array(anyText, { maxLength: 3 }),
  fc.array(anyItem, { maxLength: 3 }),
);

it('answers any request with 200 or with a refusal that has a code and a message', async () => {
  const run_id = await createRun('0');
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PATHS),
      fc.dictionary(fc.constantFrom(...FIELDS), anyValue),
      async (path, body) => {
        const { status, answer } = await call(path, { run_id, ...body });
        seen.add(status);
        expect([status, answer.error_code, answer.message]).not.toContain('INTERNAL_ERROR');
        expect([200, 400, 404]).toContain(status);
      },
    ),
    { seed: 7, numRuns: 400 },
  );
  expect(seen).toContain(200);
  expect(seen).toContain(400);
});
