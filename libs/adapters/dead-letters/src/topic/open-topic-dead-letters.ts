import type { TopicFollower, Topic } from '@tributary/event-log';
import { Fault, sleep, systemClock } from '@tributary/kernel';
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
  /** Must keep all records (`TopicOptions.keepsAll`). Stays open when the dead letters are closed. */
  readonly topic: Topic;
  /** Of the copy, for one process at a time. It can be deleted: the copy is then folded again. */
  readonly directory: string;
  readonly clock?: Clock;
  /** Bytes of inputs that are kept. Must be the same in all processes, or their copies differ. */
  readonly maxBytes?: number;
  /** Milliseconds in which the copy should catch up: at the start with the topic, later with each record of this process. */
  readonly timeoutMs?: number;
  /** Milliseconds that a change waits for the topic; as long as it takes where it is absent. */
  readonly writeTimeout?: number;
};

const TIMEOUT_MS = 30_000;

/**
 * Dead letters that processes share through a topic. Each folds the topic into a copy of its own, so all have the same
 * dead letters and counts. `park` resolves once the broker has the records. Throws the Faults of `DeadLetters`, where
 * `dead_letters_write_failed` is retryable while the broker is unreachable, `dead_letters_overdue`, those of `Topic`, and
 * `dead_letters_other_topic`.
 */
export async function openTopicDeadLetters(options: TopicDeadLettersOptions): Promise<SharedDeadLetters> {
  const store = await openLmdbStore(options.directory);
  try {
    return await deadLettersOver(store, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function deadLettersOver(
  store: DeadLetterStore,
  options: TopicDeadLettersOptions,
): Promise<SharedDeadLetters> {
  const { topic, clock = systemClock, maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS } = options;
  const writer = new DeadLetterWriter(topic, { timeout: options.writeTimeout });
  const pending = new PendingOutcomes(writer.writer);
  const name = `${topic.clusterId}/${topic.name}`;
  const stopping = new AbortController();
  const copy = new LocalCopy({
    store,
    topic: name,
    maxBytes,
    onFolded: pending.settle,
    onStopped: (fault) => {
      pending.end(fault);
      stopping.abort(fault);
    },
  });
  const follower = await caughtUp(topic, copy, { timeoutMs, stopped: stopping.signal });
  return new TopicDeadLetters({
    topic,
    store,
    copy,
    writer,
    pending,
    follower,
    clock,
    maxBytes,
    timeoutMs,
  });
}

/**
 * Follows from the last records of the copy, by which it recognises its topic. Waits at most `timeoutMs` for the topic's
 * present end: an old copy still answers. One of another topic does not.
 */
async function caughtUp(
  topic: Topic,
  copy: LocalCopy,
  { timeoutMs, stopped }: { readonly timeoutMs: number; readonly stopped: AbortSignal },
): Promise<TopicFollower> {
  const bounds = await topic.bounds();
  const from = bounds.map(({ first, end }, partition) => {
    const next = copy.next(partition);
    if (next > end) throw shorter(topic.name, partition, next, end);
    return Math.max(first, next - 1);
  });
  /* What is left is still to be seen: a start that waited for the rest would wait for ever. */
  for (const [partition, { first }] of bounds.entries())
    if (first > copy.next(partition)) await copy.skip(partition, first);
  const follower = await topic.follow({ from, take: copy.take, resume: copy.recognise });
  const caught = new AbortController();
  const late = sleep(timeoutMs, AbortSignal.any([stopped, caught.signal])).catch(() => undefined);
  await Promise.race([copy.reached(bounds.map(({ end }) => end)), late]);
  caught.abort();
  if (!stopped.aborted) return follower;
  await follower.stop();
  throw stopped.reason;
}

const shorter = (topic: string, partition: number, next: number, end: number): Fault =>
  new Fault(
    'dead_letters_other_topic',
    `partition ${partition} of topic ${topic} ends at ${end}, but the copy of its dead letters goes to ${next}; the topic was recreated or has lost records: move the directory of the copy away, then restart`,
  );
