import { rfc3339 } from '@tributary/kernel';
import type { Conflict, NewEvent, Receipt, RecordedEvent } from './event-log.ts';

/** The receipt of a stored event. */
export const receiptOf = (event: RecordedEvent): Receipt => ({
  source: event.source,
  id: event.id,
  position: event.position,
  stream: event.stream,
  streamSequence: event.streamSequence,
  hash: event.hash,
  recordTime: timeText(event.recordTime),
});

export const conflictOf = (
  known: RecordedEvent,
  event: NewEvent,
  offered: { index: number; hash: string },
): Conflict => ({
  index: offered.index,
  source: event.source,
  id: event.id,
  knownHash: known.hash,
  offeredHash: offered.hash,
  position: known.position,
});

/** Whether an outcome of an append is a conflict. */
export const isConflict = (outcome: Receipt | Conflict): outcome is Conflict => 'knownHash' in outcome;

let lastSecond = NaN;
let lastSecondText = '';

/** `rfc3339` with the text of the last second cached, because events that follow each other share it. */
function timeText(micros: number): string {
  const second = Math.floor(micros / 1e6);
  if (second !== lastSecond) {
    lastSecond = second;
    lastSecondText = rfc3339(second * 1e6).slice(0, -7);
  }
  return `${lastSecondText}${String(1e6 + micros - second * 1e6).slice(1)}Z`;
}
