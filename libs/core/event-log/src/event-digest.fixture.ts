import { numberInPartition, parseEventPosition } from '@tributary/kernel';
import { DigestSum } from './event-digest.ts';
import type { RecordedEvent } from './event-log.ts';

/** The sum of the digests of events, from scratch. */
export function sumOfDigests(events: Iterable<RecordedEvent>): bigint {
  const sum = new DigestSum();
  for (const event of events) sum.add(numberInPartition(parseEventPosition(event.position)), event);
  return sum.value;
}
