import { memoryBlobs } from '@tributary/blobs';
import { memoryLog } from '@tributary/event-log';
import { START } from '@tributary/kernel';
import { canonicalJson } from '@tributary/json';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { capture } from './capture.ts';
import type { Captured } from './capture.ts';
import { CONTENT_LIMITS } from './http/content-limits.ts';
import type { EventLimits } from './http/content-limits.ts';

const clock = () => Date.UTC(2026, 10, 24, 12) * 1000;

/** What one intake is configured with: some accept what others refuse. */
const limits: fc.Arbitrary<EventLimits> = fc.record({
  batchEvents: fc.constant(100),
  eventBytes: fc.constantFrom(500, 2_000, 100_000),
  telemetryBytes: fc.constantFrom(300, 5_000),
  eventDepth: fc.constantFrom(4, 8, 32),
  eventKeys: fc.constantFrom(8, 20, 200),
});

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

const config = fc
  .record({
    keys: fc.constantFrom(1, 15, 100),
    levels: fc.constantFrom(0, 3, 20, 28),
    text: fc.constantFrom(0, 1_500, 70_000),
  })
  .map(({ keys, levels, text }) => ({
    ...Object.fromEntries(Array.from({ length: keys }, (_, at) => [`k${at}`, at])),
    deep: nested(levels),
    text: 'x'.repeat(text),
  }));

const step = config.map((values) => ({
  type: 'corpus.step.completed',
  data: {
    pipelineId: 'p',
    stepId: 's',
    index: 1,
    name: 'n',
    kind: 'filter',
    inputs: ['a@1'],
    outputs: ['b@1'],
    config: values,
  },
}));

const telemetry = fc.integer({ min: 1, max: 300 }).map((count) => {
  const steps = Array.from({ length: count }, (_, at) => at);
  return {
    type: 'training.steps.recorded',
    data: { runId: 'r', attempt: 1, steps, columns: { loss: steps } },
  };
});

/** How the same fact is sent: with its data, or with a reference to it, whose bytes need not be canonical. */
const way = fc.constantFrom('inline', 'reference', 'reference to other bytes');

const sent = fc.record({ fact: fc.oneof({ weight: 3, arbitrary: step }, telemetry), id: fc.nat(3), way });

type Sent = { readonly fact: { type: string; data: object }; readonly id: number; readonly way: string };

const storeOf = () => ({ log: memoryLog({ clock }), blobs: memoryBlobs() });

async function lineOf({ blobs }: ReturnType<typeof storeOf>, { fact, id, way }: Sent): Promise<string> {
  const { type, data } = fact;
  const envelope = { specversion: '1.0', id: `${id}`, source: 'urn:test', type };
  if (way === 'inline' || type.startsWith('training.')) return JSON.stringify({ ...envelope, data });
  const text = way === 'reference' ? canonicalJson(data) : JSON.stringify(data, null, 1);
  const { sha256 } = await blobs.put(Buffer.from(text));
  return JSON.stringify({ ...envelope, dataref: `urn:sha256:${sha256}`, datadigest: `sha256:${sha256}` });
}

/** The positions of the events of an answer, undefined for those that were refused. */
const positionsOf = (captured: Captured) =>
  captured.outcome === 'captured'
    ? captured.items.map((item) => ('position' in item && !('index' in item) ? item.position : undefined))
    : [];

it('law: what one process has accepted, each accepts again with its receipt, whatever their limits, and stores nothing twice', async () => {
  let refusedElsewhere = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(limits, limits, fc.constant(CONTENT_LIMITS)),
      fc.array(fc.tuple(sent, fc.nat(2)), { minLength: 1, maxLength: 4 }),
      async (configured, requests) => {
        const store = storeOf();
        const send = (by: number, lines: readonly string[]) =>
          capture({ ...store, limits: configured[by] }, clock, {
            body: Buffer.from(lines.join('\n')),
            mode: 'ndjson',
            atomic: true,
          });
        const receipts = new Map<string, string>();
        for (const [one, by] of requests) {
          const line = await lineOf(store, one);
          const [position] = positionsOf(await send(by, [line]));
          if (position !== undefined && !receipts.has(line)) receipts.set(line, position);
        }
        const head = store.log.head();
        for (const by of configured.keys()) {
          const fresh = storeOf();
          const alone = capture({ ...fresh, blobs: store.blobs, limits: configured[by] }, clock, {
            body: Buffer.from([...receipts.keys()].join('\n')),
            mode: 'ndjson',
            atomic: true,
          });
          if ((await alone).outcome === 'rejected') refusedElsewhere += 1;
          const again = await send(by, [...receipts.keys()]);
          expect(positionsOf(again)).toEqual([...receipts.values()]);
        }
        expect(store.log.head()).toBe(head);
        const events = await store.log.read({ after: START, limit: 100, maxBytes: 1e9 });
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      },
    ),
    { numRuns: 40 },
  );
  expect(refusedElsewhere).toBeGreaterThan(10);
});
