import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatEventPosition } from '@tributary/kernel';
import type { Appended, NewEvent, RecordedEvent } from '../event-log.ts';
import { anEvent } from '../log-under-test.fixture.ts';
import { memoryLog } from '../memory-log.ts';
import { appendRequest, sha256 } from '../append-request.ts';
import { isConflict } from '../receipt.ts';
import { IdempotentAppender } from './idempotent-appender.ts';

/** A topic with one writer. */
function ownTopic() {
  const records: RecordedEvent[] = [];
  return {
    name: 'events',
    partitions: 1,
    partitionOf: () => 0,
    requireRoom: () => undefined,
    find: (source: string, id: string) =>
      Promise.resolve(records.find((one) => one.source === source && one.id === id)),
    write: (_: number, events: readonly NewEvent[]) => {
      const written = events.map((event, index) => ({
        ...event,
        position: formatEventPosition(records.length + index + 1),
        hash: sha256(event.bytes),
        streamSequence: 1,
        recordTime: 0,
      }));
      records.push(...written);
      return Promise.resolve(written);
    },
  };
}

/** Without times and sequences, which this topic does not have. */
const plain = (appended: Appended) =>
  appended.ok
    ? {
        ...appended,
        receipts: appended.receipts.map((one) =>
          isConflict(one) ? one : { id: one.id, position: one.position, hash: one.hash },
        ),
      }
    : appended;

const aRequest = fc.record({
  atomic: fc.boolean(),
  events: fc.array(
    fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), text: fc.constantFrom('one', 'two') }),
    { maxLength: 4 },
  ),
});

it('answers concurrent requests as if each followed the answer of the one before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(aRequest, { maxLength: 6 }), { maxLength: 4 }), async (rounds) => {
      const appender = new IdempotentAppender(ownTopic(), { maxBytes: 10_000 });
      const model = memoryLog({ clock: () => 0 });
      for (const requests of rounds) {
        const batches = requests.map(({ events, atomic }) => ({ atomic, events: events.map(anEvent) }));
        const got = await Promise.all(
          batches.map(({ events, atomic }) => appender.append(appendRequest(events, atomic))),
        );
        for (const [index, { events, atomic }] of batches.entries()) {
          const wanted = plain(await model.append(events, { atomic }));
          expect(got[index] && plain(got[index])).toEqual(wanted);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});
