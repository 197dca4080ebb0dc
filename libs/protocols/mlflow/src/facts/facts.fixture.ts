import type { EventLog } from '@tributary/event-log';
import { START } from '@tributary/kernel';

/** The events of a log, parsed. */
export async function storedIn(log: EventLog) {
  const events = await log.read({ after: START, limit: 10_000, maxBytes: 1e9 });
  return events.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')));
}
