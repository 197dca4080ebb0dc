import { formatEventPosition } from '@tributary/kernel';
import type { RecordedEvent } from '@tributary/event-log';
import { expect, it } from 'vitest';
import { fetchBatch } from './step.ts';
import type { StepContext } from './step.ts';

const PLACES = 5_000;

/** Nothing that makes rows. */
const nothingAt = (place: number): RecordedEvent => ({
  source: '',
  id: '',
  type: '',
  stream: '',
  bytes: new Uint8Array(),
  position: formatEventPosition(place),
  streamSequence: place,
  recordTime: 0,
  hash: '',
  omitted: 'gap',
});

/** A log that holds so many events, and hands out one a read. */
function workOn(timely: boolean): StepContext {
  let place = 0;
  const log: StepContext['log'] = {
    read: () => Promise.resolve(place < PLACES ? [nothingAt((place += 1))] : []),
    changed: () => Promise.resolve(),
    find: () => Promise.resolve(undefined),
    cursors: { get: () => undefined, set: () => Promise.resolve() },
  };
  const misfits = {
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
    failures: misfits,
    sink,
    projections: [],
    boundedBatches: timely,
    save: () => Promise.resolve(),
  };
}

it('a batch takes all that is there, however long that takes', async () => {
  const batch = await fetchBatch(workOn(false), formatEventPosition(0), AbortSignal.abort());
  expect(batch.to()).toBe(formatEventPosition(PLACES));
});

it('where the work may be lost at any moment, a batch ends with its patience though more is there', async () => {
  const batch = await fetchBatch(workOn(true), formatEventPosition(0), AbortSignal.abort());
  expect(batch.to()).toBe(formatEventPosition(1));
});
