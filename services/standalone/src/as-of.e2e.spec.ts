import { randomFrom } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { SentEvent, ServerUnderTest } from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

describe('a curve as of every second position', () => {
  const EVENTS = 40;

  it('equals the curve that is computed from the recorded steps', async () => {
    const random = randomFrom(7);
    const events = Array.from({ length: EVENTS }, (_value, index) => disjoint(index, random));
    const { receipts } = await server.record(...events);
    for (const [index, { position }] of receipts.entries()) {
      if (index % 2 === 0) continue;
      const { curve } = await server.ask<{ curve: object }>(
        'query ($asOf: Position) { curve(run: "law", asOf: $asOf) { points { step values low mean high } } }',
        { asOf: position },
      );
      expect(curve).toEqual({ points: curveOf(events.slice(0, index + 1)) });
    }
  });

  /** Steps that arrive out of order and span buckets. Losses are dyadic, so that sums are exact in any order. */
  function disjoint(index: number, random: () => number): SentEvent {
    const firstStep = ((index * 17) % EVENTS) * 13;
    const steps = Array.from({ length: 13 }, (_value, offset) => firstStep + offset);
    const loss = steps.map(() => (random() < 0.2 ? null : Math.floor(random() * 128) / 16));
    return fact('training.steps.recorded', {
      runId: 'law',
      attempt: firstStep < 260 ? 1 : 2 - (index % 2),
      steps,
      columns: { loss },
    });
  }
});

type Point = { step: number; values: number; low: number | null; mean: number | null; high: number | null };

type Recorded = { attempt: number; steps: number[]; columns: { loss: (number | null)[] } };

/** The definition: values by bucket of 64 steps. A later attempt replaces earlier ones from its first step on. */
function curveOf(events: readonly SentEvent[]): Point[] {
  const buckets = new Map<number, number[]>();
  const recorded = events.map(({ data }) => data as Recorded);
  for (const { attempt, steps, columns } of recorded) {
    const later = recorded.filter((other) => other.attempt > attempt).flatMap((other) => other.steps);
    for (const [index, step] of steps.entries()) {
      if (step >= Math.min(...later)) continue;
      const bucket = 64 * Math.floor(step / 64);
      const value = columns.loss[index] ?? null;
      buckets.set(bucket, [...(buckets.get(bucket) ?? []), ...(value === null ? [] : [value])]);
    }
  }
  return [...buckets]
    .toSorted(([left], [right]) => left - right)
    .map(([step, values]) => pointOf(step, values));
}

function pointOf(step: number, values: readonly number[]): Point {
  if (values.length === 0) return { step, values: 0, low: null, mean: null, high: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { step, values: values.length, low: Math.min(...values), mean, high: Math.max(...values) };
}
