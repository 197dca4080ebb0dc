import { Fault, GroupCommit } from '@tributary/kernel';
import type { CommitFailure } from '@tributary/kernel';
import { appendedOf, AppendPlan } from '../append-plan.ts';
import type { PlannedAppend } from '../append-plan.ts';
import type { AppendRequest } from '../append-request.ts';
import type { Appended, NewEvent, RecordedEvent } from '../event-log.ts';

/** The topic as one process sees it. */
export type TopicState = {
  find(source: string, id: string): Promise<RecordedEvent | undefined>;
  /** Writes events. Resolves with the event or omission at the position of each, once this process has read it back. */
  write(events: readonly NewEvent[]): Promise<readonly RecordedEvent[]>;
};

/** An event that the group writes: its index among them. Another process may write its id first. */
type PendingWrite = { readonly slot: number; readonly hash: string };

/**
 * Appends to a topic, each id once: compares requests with what this process has read, and writes what is new. Another
 * process may write the same id in the meantime. Then the record that comes later in the topic is the duplicate, and
 * its writer gets the receipt of the first one, or the conflict.
 */
export class IdempotentAppender {
  readonly #state: TopicState;
  readonly #group: GroupCommit<AppendRequest, Appended>;

  constructor(state: TopicState, maxBytes: number) {
    this.#state = state;
    this.#group = new GroupCommit({
      commit: (requests) => this.#commit(requests),
      onFailure: failureOf,
      maxWeight: maxBytes,
    });
  }

  /** Rejects with the reason of `giveUp` once that aborts; what is not being written yet is not written then. */
  append(request: AppendRequest, giveUp?: AbortSignal): Promise<Appended> {
    return this.#group.submit(request, request.bytes, giveUp);
  }

  /** Resolves when nothing is in flight. */
  quiet(): Promise<void> {
    return this.#group.quiet();
  }

  /** A request whose conflicts are not certain yet waits for the next group, and so do all after it. */
  async #commit(requests: readonly AppendRequest[]): Promise<readonly Promise<Appended>[]> {
    const plan = new AppendPlan<PendingWrite>((_event, hash, slot) => ({ slot, hash }));
    const planned: (PlannedAppend<PendingWrite> | Appended)[] = [];
    for (const request of requests) {
      const one = plan.add(request, await this.#matches(request));
      if (!one) break;
      planned.push(one);
    }
    const written = plan.events.length === 0 ? [] : await this.#state.write(plan.events);
    const outcomes = planned.map((one) => ('ok' in one ? Promise.resolve(one) : this.#outcome(one, written)));
    await Promise.allSettled(outcomes);
    return outcomes;
  }

  async #matches({ events }: AppendRequest): Promise<(RecordedEvent | undefined)[]> {
    const matches: (RecordedEvent | undefined)[] = [];
    for (const { source, id } of events) matches.push(await this.#state.find(source, id));
    return matches;
  }

  async #outcome(
    { request, matches, from, to }: PlannedAppend<PendingWrite>,
    written: readonly RecordedEvent[],
  ): Promise<Appended> {
    const recorded: RecordedEvent[] = [];
    for (const [index, match] of matches.entries())
      recorded.push(
        'slot' in match ? await this.#recorded(written[match.slot], request.events[index]) : match,
      );
    const stored = written.slice(from, to).filter(({ omitted }) => omitted === undefined);
    return appendedOf(request, recorded, stored);
  }

  /** What was written, or what another process had written before under the same id. */
  async #recorded(
    written?: RecordedEvent,
    { source = '', id = '' }: Partial<NewEvent> = {},
  ): Promise<RecordedEvent> {
    const recorded = written?.omitted === undefined ? written : await this.#state.find(source, id);
    if (recorded) return recorded;
    throw new Fault(
      'log_refused',
      `event ${id} of ${source} was written, but readers of the topic refuse its record: check that all processes run the same version`,
    );
  }
}

/** A retryable failure may have written some of the group, so its senders try again with the same ids. */
function failureOf(cause: unknown): CommitFailure {
  if (cause instanceof Fault && !cause.retryable) return { fault: cause, policy: 'isolate' };
  const reason = cause instanceof Error ? cause.message : String(cause);
  const fault = new Fault('log_write_failed', `the log could not be written: ${reason}`, {
    cause,
    retryable: true,
  });
  return { fault, policy: 'reject' };
}
