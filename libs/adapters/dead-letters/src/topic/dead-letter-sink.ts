import type { Topic } from '@tributary/event-log';
import { rfc3339, systemClock } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import type { DeadLetters } from '../dead-letters.ts';
import { refusedInput } from './dead-letter-record.ts';
import { DeadLetterWriter } from './dead-letter-writer.ts';

/** Dead letters of a process that parks and keeps no copy. */
export type DeadLetterSink = Pick<DeadLetters, 'park'> & {
  /** Refusals by code that this process has parked since it began. */
  parkedByCode(): Readonly<Record<string, number>>;
};

/** Parks in a topic, for others to keep. Throws as `openTopicLetters` does, but knows no room: those who keep copies do. */
export function deadLetterSink({
  topic,
  clock = systemClock,
}: {
  topic: Topic;
  clock?: Clock;
}): DeadLetterSink {
  const writer = new DeadLetterWriter(topic);
  const byCode = new Map<string, number>();
  return {
    park: async (refusals) => {
      if (refusals.length === 0) return [];
      const arrivals = refusals.map((refusal) => refusedInput(refusal, rfc3339(clock())));
      await writer.writeRefusals(arrivals).done;
      for (const { code } of refusals) byCode.set(code, (byCode.get(code) ?? 0) + 1);
      return arrivals.map(({ id }) => id);
    },
    parkedByCode: () => Object.fromEntries(byCode),
  };
}
