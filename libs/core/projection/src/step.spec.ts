import { formatEventPosition } from '@tributary/kernel';
import type { RecordedEvent } from '@tributary/event-log';
import { expect, it } from 'vitest';
import { fetchBatch } from './step.ts';
import type { StepContext } from './step.ts';

const ENTRIES = 5_000;

/** An entry without an event. */
const nothingAt = (number: number): RecordedEvent => ({
  source: '',
  id: '',
  type: '',
  stream: '',
  bytes: new Uint8Array(),
  position: formatEventPosition(number),
  streamSequence: number,
  recordTime: 0,
  hash: '',
  omitted: 'gap',
});

/** A log that returns one entry for each read. */
function contextWith(boundedBatches: boolean): StepContext {
  let number = 0;
  const log: StepContext['log'] = {
    read: () => Promise.resolve(number < ENTRIES ? [nothingAt((number += 1))] : []),
    changed: () => Promise.resolve(),
    find: () => Promise.resolve(undefined),
    cursors: { get: () => undefined, set: () => Promise.resolve() },
  };
  const failures = {
    current: () => undefined,
    park: () => Promise.resolve(),
    reset: () => Promise.resolve(),
  };
  const sink: StepContext['sink'] = {
    openBlock: () => Promise.reject(new Error('there are no rows')),
    insert: () => Promise.resolve(),
    empty: () => Promise.resolve(),
  };
  return {
    log,
    failures: failures,
    sink,
    projections: [],
    boundedBatches: boundedBatches,
    save: () => Promise.resolve(),
  };
}

it('a batch takes everything that is there, however long that takes', async () => {
  const batch = await fetchBatch(contextWith(false), formatEventPosition(0), AbortSignal.abort());
  expect(batch.to()).toBe(formatEventPosition(ENTRIES));
});

it('a bounded batch ends with its linger time, even where more is there', async () => {
  const batch = await fetchBatch(contextWith(true), formatEventPosition(0), AbortSignal.abort());
  expect(batch.to()).toBe(formatEventPosition(1));
});
