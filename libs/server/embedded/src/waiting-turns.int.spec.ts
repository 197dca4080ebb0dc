import { gzipSync } from 'node:zlib';
import { INGEST_ENDPOINT, REQUEST_LIMITS } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { memoryBlobs } from '@tributary/blobs';
import { memoryDeadLetters } from '@tributary/dead-letters';
import { memoryLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { serve } from '@tributary/http';
import type { Serving } from '@tributary/http';
import { intakeControllers, streamBodies } from '@tributary/intake';
import { START } from '@tributary/kernel';
import { mlflowControllers } from '@tributary/mlflow';
import { afterEach, beforeEach, expect, it } from 'vitest';

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

class TestModule {}

let serving: Serving;
let log: EventLog;
/** Appends that have begun; the first one waits until it is released. */
let begun = 0;
/** Limits by which requests were refused. */
const counted: string[] = [];
let release = (): void => undefined;

beforeEach(async () => {
  begun = 0;
  const stored = memoryLog();
  const released = new Promise<void>((resolve) => (release = resolve));
  const append = stored.append.bind(stored);
  log = Object.assign(stored, {
    append: async (...given: Parameters<typeof append>) => {
      begun += 1;
      if (begun === 1) await released;
      return append(...given);
    },
  });
  const requestTimeout = 500;
  const endpoint: IngestEndpoint = {
    log,
    blobs: memoryBlobs(),
    deadLetters: memoryDeadLetters(),
    limits: { ...REQUEST_LIMITS, requestTimeout },
    projector: { reached: () => Promise.resolve() },
    engine: {
      reader: {
        all: async (question, params) =>
          JSON.stringify(params).includes('["m"]') && question.name === 'tracked-registrations'
            ? [question.row.parse(HEAD)]
            : [],
      },
    },
  };
  const module = {
    module: TestModule,
    controllers: [...intakeControllers, ...mlflowControllers],
    providers: [{ provide: INGEST_ENDPOINT, useValue: endpoint }],
  };
  const limits = { ...REQUEST_LIMITS, requestTimeout };
  const refused = (limit: string) => counted.push(limit);
  counted.length = 0;
  serving = await serve(module, { host: '127.0.0.1', port: 0 }, { limits, stream: streamBodies, refused });
});
afterEach(() => serving.stop());

async function post(path: string, body: object) {
  const isGzip = path.startsWith('/api/v1');
  const text = JSON.stringify(body);
  const response = await fetch(`${serving.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(isGzip && { 'content-encoding': 'gzip' }) },
    body: isGzip ? new Uint8Array(gzipSync(text)) : text,
  });
  const { status, headers } = response;
  return { status, retryAfter: headers.get('retry-after'), text: await response.text() };
}

const stored = async () => (await log.read({ after: START, limit: 1_000, maxBytes: 1e9 })).length;

const lineage = (number: number) => ({
  eventType: 'START',
  eventTime: '2026-11-24T10:00:00Z',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7' },
  job: { namespace: 'ns', name: `job ${number}` },
});

/** An export of one step of a run. */
const step = (number: number) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'nemo.run.id', value: { stringValue: 'r' } }] },
      scopeSpans: [
        {
          spans: [
            {
              name: 'megatron.train_step',
              endTimeUnixNano: '1764000000000000000',
              attributes: [
                { key: 'megatron.iteration', value: { intValue: String(number) } },
                { key: 'megatron.loss', value: { doubleValue: 1 } },
              ],
            },
          ],
        },
      ],
    },
  ],
});

const LATE = { limit: 'requestTimeout', value: 500, key: 'TRIBUTARY_REQUEST_TIMEOUT_MS' };

const MLFLOW = '/api/2.0/mlflow';

it.each([
  ['of OpenLineage', '/api/v1/lineage', lineage, { title: 'busy', code: 'busy', ...LATE, retryable: true }],
  ['of OTLP', '/v1/traces', step, { code: 14, message: expect.stringContaining('the turn of this one') }],
  [
    'that creates an experiment of MLflow',
    `${MLFLOW}/experiments/create`,
    () => ({ name: 'e' }),
    { error_code: 'TEMPORARILY_UNAVAILABLE' },
  ],
  [
    'that creates a version of a model of MLflow',
    `${MLFLOW}/model-versions/create`,
    (number: number) => ({ name: 'm', source: `s${number}` }),
    { error_code: 'TEMPORARILY_UNAVAILABLE' },
  ],
])(
  'a request %s whose turn does not come is refused, is not stored, and is taken when it is sent again',
  async (_what, path, body: (number: number) => object, refusal) => {
    const first = post(path, body(1));
    await expect.poll(() => begun).toBe(1);
    const refused = await post(path, body(2));
    expect(refused).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^[1-9]/) });
    expect(JSON.parse(refused.text)).toMatchObject(refusal);
    expect(refused.text).toMatch(
      /nothing of what waited is stored.*or set TRIBUTARY_REQUEST_TIMEOUT_MS of the server, which is 500/,
    );
    await expect.poll(() => counted).toEqual(['requestTimeout']);
    release();
    expect((await first).status).not.toBe(503);
    const after = [begun, await stored()];
    await new Promise((resolve) => setImmediate(resolve));
    expect([begun, await stored()]).toEqual(after);
    expect((await post(path, body(2))).status).not.toBe(503);
    expect(await stored()).toBeGreaterThan(after[1] ?? 0);
  },
);
