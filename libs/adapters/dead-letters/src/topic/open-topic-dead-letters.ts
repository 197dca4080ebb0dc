import type { TopicFollower, Topic } from '@tributary/event-log';
import { Fault, systemClock } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { openLmdbStore } from '../lmdb-store.ts';
import { MAX_BYTES } from '../open-dead-letters.ts';
import type { DeadLetterStore } from '../dead-letter-store.ts';
import { PendingOutcomes } from './pending-outcomes.ts';
import { DeadLetterWriter } from './dead-letter-writer.ts';
import { LocalCopy } from './local-copy.ts';
import { TopicDeadLetters } from './topic-dead-letters.ts';
import type { SharedDeadLetters } from './topic-dead-letters.ts';

export type TopicDeadLettersOptions = {
  /** It must keep all it gets: `retention.ms=-1` and no compaction. It stays open when the letters are closed. */
  readonly topic: Topic;
  /** Of the copy. One process at a time; it can be deleted and is then folded anew. */
  readonly directory: string;
  readonly clock?: Clock;
  /** Bytes of pieces that are kept; the same everywhere, or copies differ in what they keep. */
  readonly maxBytes?: number;
  /** Milliseconds in which the copy should catch up: with the topic at the start, later with what this process wrote. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 30_000;

/**
 * Dead letters that processes share through a topic: each folds the topic into a copy of its own, so all see the same
 * letters and counts. What `park` resolves with is on the broker. Throws what `DeadLetters` throws, but a broker out of
 * reach leaves nothing dead: the fault may be tried again. Also `dead_letters_other_topic` and the faults of `Topic`.
 */
export async function openTopicDeadLetters(options: TopicDeadLettersOptions): Promise<SharedDeadLetters> {
  const records = await openLmdbStore(options.directory);
  try {
    return await lettersOver(records, options);
  } catch (error) {
    await records.close();
    throw error;
  }
}

async function lettersOver(
  records: DeadLetterStore,
  options: TopicDeadLettersOptions,
): Promise<SharedDeadLetters> {
  const { topic, clock = systemClock, maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS } = options;
  const writer = new DeadLetterWriter(topic);
  const awaited = new PendingOutcomes(writer.writer);
  const name = `${topic.clusterId}/${topic.name}`;
  const copy = new LocalCopy({ records, topic: name, maxBytes, onFolded: awaited.settle });
  const following = await caughtUp(topic, copy, timeoutMs);
  return new TopicDeadLetters({
    records,
    copy,
    writer,
    awaited,
    following,
    clock,
    maxBytes,
    timeoutMs,
  });
}

/** Follows from where the copy stands, and waits for what is there already, but not for ever: an old copy still answers. */
async function caughtUp(topic: Topic, copy: LocalCopy, timeoutMs: number): Promise<TopicFollower> {
  const bounds = await topic.bounds();
  const from = bounds.map(({ first, end }, partition) => {
    const next = copy.next(partition);
    if (next > end) throw shorter(topic.name, partition, next, end);
    return Math.max(first, next);
  });
  const following = await topic.follow({ from, take: copy.take });
  const { promise: late, cancel } = after(timeoutMs);
  await Promise.race([copy.reached(bounds.map(({ first, end }) => (first === end ? 0 : end))), late]);
  cancel();
  return following;
}

function after(milliseconds: number): { promise: Promise<void>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  return { promise, cancel: () => clearTimeout(timer) };
}

const shorter = (topic: string, partition: number, next: number, end: number): Fault =>
  new Fault(
    'dead_letters_other_topic',
    `partition ${partition} of topic ${topic} ends at ${end}, but the copy of its dead letters goes to ${next}; the topic was made anew or has lost records: move the copy's directory away, then start again`,
  );
