import { rfc3339, systemClock } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import type { DeadLetters } from '../dead-letters.ts';
import { refusedInput } from './dead-letter-record.ts';
import { DeadLetterWriter } from './dead-letter-writer.ts';
import type { WrittenTopic } from './dead-letter-writer.ts';

/** Dead letters of a process that parks them for others and keeps no copy. */
export type DeadLetterSink = Pick<DeadLetters, 'park'> & {
  /** Refusals by code that this process has parked since its start. */
  parkedByCode(): Readonly<Record<string, number>>;
};

type SinkOptions = {
  readonly topic: WrittenTopic;
  readonly clock?: Clock;
  /** Milliseconds that a call waits for the topic; as long as it takes where it is absent. */
  readonly timeout?: number;
};

/**
 * Parks dead letters in a topic. Throws the Faults of `Topic`, `dead_letters_write_failed` and `dead_letters_overdue`. It knows
 * no limit of bytes: processes that keep a copy do.
 */
export function deadLetterSink({ topic, clock = systemClock, timeout }: SinkOptions): DeadLetterSink {
  const writer = new DeadLetterWriter(topic, { timeout });
  const byCode = new Map<string, number>();
  return {
    park: async (refusals) => {
      if (refusals.length === 0) return [];
      const refused = refusals.map((refusal) => refusedInput(refusal, rfc3339(clock())));
      await writer.writeRefusals(refused).done;
      for (const { code } of refusals) byCode.set(code, (byCode.get(code) ?? 0) + 1);
      return refused.map(({ id }) => id);
    },
    parkedByCode: () => Object.fromEntries(byCode),
  };
}
