import { randomUUID } from 'node:crypto';
import type { Topic } from '@tributary/event-log';
import { connectTopic } from '@tributary/kafka';
import type { DeadLetter } from '../dead-letter.ts';
import type { DeadLetters, DeadLetterCounts } from '../dead-letters.ts';

/** A new connection to a topic of a broker that gives up soon; the topic is made where it is missing. */
export const topicOf = (brokers: readonly string[], topic: string, partitions = 1): Promise<Topic> =>
  connectTopic({
    brokers,
    topic,
    clientId: 'dead-letters',
    retryTimeout: 3_000,
    create: { partitions, replicas: 1, config: { 'retention.ms': '-1' } },
  });

export const newName = (): string => `dead-letters-${randomUUID()}`;

/** All that can be read, for comparing copies. */
export async function contentOf(letters: DeadLetters): Promise<{
  letters: readonly DeadLetter[];
  pieces: readonly (string | undefined)[];
  counts: DeadLetterCounts;
}> {
  const page = await letters.list({}, { first: 100_000 });
  const opened = await Promise.all(page.deadLetters.map(({ id }) => letters.get(id)));
  return {
    letters: page.deadLetters,
    pieces: opened.map((one) => one?.bytes?.toString('base64')),
    counts: letters.counts(),
  };
}
