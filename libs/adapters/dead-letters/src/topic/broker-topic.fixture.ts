import { randomUUID } from 'node:crypto';
import type { Topic } from '@tributary/event-log';
import { connectTopic } from '@tributary/kafka';
import type { DeadLetter } from '../dead-letter.ts';
import type { DeadLetters, DeadLetterCounts } from '../dead-letters.ts';

/** A new connection to a topic, with a short retry timeout. Makes the topic where it is missing. */
export const topicOf = (brokers: readonly string[], topic: string, partitions = 1): Promise<Topic> =>
  connectTopic({
    brokers,
    topic,
    clientId: 'dead-letters',
    retryTimeout: 3_000,
    create: { partitions, replicas: 1, config: { 'retention.ms': '-1' } },
  });

export const newName = (): string => `dead-letters-${randomUUID()}`;

/** Everything that can be read, to compare copies. */
export async function contentOf(deadLetters: DeadLetters): Promise<{
  deadLetters: readonly DeadLetter[];
  payloads: readonly (string | undefined)[];
  counts: DeadLetterCounts;
}> {
  const page = await deadLetters.list({}, { first: 100_000 });
  const opened = await Promise.all(page.deadLetters.map(({ id }) => deadLetters.get(id)));
  return {
    deadLetters: page.deadLetters,
    payloads: opened.map((one) => one?.bytes?.toString('base64')),
    counts: deadLetters.counts(),
  };
}
