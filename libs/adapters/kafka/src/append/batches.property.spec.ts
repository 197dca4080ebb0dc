import { array, assert, integer, nat, option, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import type { NewRecord } from '@tributary/event-log';
import { batchesOf } from './batches.ts';

const LIMIT = 2_000;
const bounds = { topic: 'events', compression: 'none', maxBatchBytes: LIMIT } as const;
/** Requests follow one another; `undefined` is a request that is not atomic. */
const requests = array(
  record({ sizes: array(integer({ min: 0, max: 900 }), { maxLength: 6 }), isAtomic: option(nat()) }),
);

it('keeps the order of all records within the limit, and a request in one batch where it fits into one', () => {
  assert(
    property(requests, (given) => {
      const records = given.flatMap(({ sizes, isAtomic }, request): NewRecord[] =>
        sizes.map((size) => ({
          partition: 0,
          key: Buffer.from('run/1'),
          value: new Uint8Array(size),
          headers: [],
          ...(isAtomic !== null && { request }),
        })),
      );
      const batches = batchesOf(records, [...records.keys()], bounds);
      expect(batches.flatMap(({ indexes }) => indexes)).toEqual([...records.keys()]);
      const bytesOf = (some: readonly NewRecord[]): number =>
        some.reduce((sum, { key, value }) => sum + 40 + key.length + value.length, 200);
      for (const batch of batches) expect(bytesOf(batch.records)).toBeLessThanOrEqual(LIMIT);
      for (const number of new Set(records.flatMap(({ request }) => request ?? []))) {
        const ofRequest = records.filter(({ request }) => request === number);
        const spread = batches.filter((batch) => batch.records.some(({ request }) => request === number));
        expect(spread.length === 1 || bytesOf(ofRequest) > LIMIT).toBe(true);
      }
    }),
  );
});
