import { memoryBlobs } from '@tributary/blobs';
import { CONTENT_LIMITS } from '@tributary/capture';
import { memoryLog } from '@tributary/event-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { observe } from './observation.ts';
import { recordOpenLineage } from './record.ts';

const event = fc.record({ more: fc.jsonValue({ maxDepth: 5 }), wide: fc.nat(12) }).map(({ more, wide }) => ({
  eventTime: '2026-11-24T10:00:00Z',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent',
  job: { namespace: 'ns', name: 'job' },
  more,
  wide: Object.fromEntries(Array.from({ length: wide }, (_, at) => [`k${at}`, at])),
}));

const limits = fc
  .record({ eventDepth: fc.integer({ min: 2, max: 8 }), eventKeys: fc.integer({ min: 6, max: 12 }) })
  .map((lower) => ({ ...CONTENT_LIMITS, ...lower }));

it('law: what one process has accepted, each accepts again with its receipt, whatever their limits, and stores nothing twice', async () => {
  let refusedElsewhere = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(limits, limits),
      fc.array(fc.tuple(event, fc.nat(1), fc.boolean()), { minLength: 1, maxLength: 6 }),
      async (configured, requests) => {
        const store = { log: memoryLog(), blobs: memoryBlobs() };
        const send = (by: number, raw: Buffer) =>
          recordOpenLineage(store, [{ raw, observed: observe(raw, configured[by]) }]);
        const receipts = new Map<string, string>();
        for (const [sent, by, isSpaced] of requests) {
          const text = JSON.stringify(sent, null, isSpaced ? 1 : 0);
          const position = (await send(by, Buffer.from(text))).positions.get(0);
          if (position !== undefined) receipts.set(text, position);
        }
        const head = store.log.head();
        for (const [text, position] of receipts)
          for (const by of configured.keys()) {
            const raw = Buffer.from(text);
            if (!observe(raw, configured[by]).ok) refusedElsewhere += 1;
            const { positions, refused, stored } = await send(by, raw);
            expect([positions.get(0), refused, stored]).toEqual([position, [], 0]);
          }
        expect(store.log.head()).toBe(head);
      },
    ),
  );
  expect(refusedElsewhere).toBeGreaterThan(10);
});
