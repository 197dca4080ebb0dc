import { Fault } from '@tributary/kernel';
import type { Appended, Conflict, NewEvent, Receipt, RecordedEvent } from '../event-log.ts';
import type { AppendRequest } from '../offers.ts';
import { conflictOf, isConflict, receiptOf } from '../receipt.ts';
import { Plan } from './plan.ts';
import type { AppendState, Planned } from './plan.ts';

type Waiting = {
  readonly offers: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (fault: unknown) => void;
};

/**
 * Judges what is offered against what this process knows, and writes the rest. Requests that wait while a group is
 * written share the next one, and see each other's events. Another process may write the same id in the meantime:
 * then the record that comes later in the topic is the repeat, and whoever wrote it is told so.
 */
export class IdempotentAppender {
  readonly #ground: AppendState;
  readonly #maxBytes: number;
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(ground: AppendState, maxBytes: number) {
    this.#ground = ground;
    this.#maxBytes = maxBytes;
  }

  submit(offers: AppendRequest): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ offers, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when nothing is under way. */
  async quiet(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#commit(this.#nextGroup());
    this.#running = undefined;
  }

  #nextGroup(): Waiting[] {
    let bytes = 0;
    const end = this.#queue.findIndex(({ offers }) => (bytes += offers.bytes) >= this.#maxBytes);
    return this.#queue.splice(0, end < 0 ? this.#queue.length : end + 1);
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#write(group);
    } catch (cause) {
      const fault = unknownOutcome(cause);
      if (group.length === 1 || fault.retryable) for (const { reject } of group) reject(fault);
      else await this.#apart(group);
    }
  }

  /** One of them cannot be written; the others have nothing to do with that. */
  async #apart(group: readonly Waiting[]): Promise<void> {
    for (const waiting of group) await this.#commit([waiting]);
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const plan = new Plan(this.#ground);
    const judged: (readonly [Waiting, Planned | Appended])[] = [];
    for (const waiting of group) {
      const planned = await plan.add(waiting.offers);
      if (!planned) break;
      judged.push([waiting, planned]);
    }
    const written = plan.events.length === 0 ? [] : await this.#ground.write(plan.events);
    /* What cannot be judged before this group is written comes next, and all after it: they were offered in this order. */
    this.#queue.unshift(...group.slice(judged.length));
    for (const [{ resolve, reject }, one] of judged)
      await ('ok' in one ? Promise.resolve(one) : this.#outcome(one, written)).then(resolve, reject);
  }

  async #outcome({ offers, found, mine }: Planned, written: readonly RecordedEvent[]): Promise<Appended> {
    const receipts: (Receipt | Conflict)[] = [];
    for (const [index, event] of offers.events.entries()) {
      const known = found[index];
      if (!known) throw new RangeError(`event ${index} was not judged`);
      const stands = 'slot' in known ? await this.#standing(written[known.slot], event) : known;
      const hash = offers.hashes[index] ?? '';
      receipts.push(stands.hash === hash ? receiptOf(stands) : conflictOf(stands, event, { index, hash }));
    }
    const conflicts = receipts.filter(isConflict);
    if (offers.atomic && conflicts.length > 0) return { ok: false, conflicts };
    const stored = written.filter(({ omitted }, slot) => omitted === undefined && mine.has(slot));
    const duplicates = offers.events.length - stored.length - conflicts.length;
    return { ok: true, stored: stored.length, storedByType: countByType(stored), duplicates, receipts };
  }

  /** What was written, or what another process had written first. */
  async #standing(written: RecordedEvent | undefined, { source, id }: NewEvent): Promise<RecordedEvent> {
    const standing = written?.omitted === undefined ? written : await this.#ground.find(source, id);
    if (standing) return standing;
    throw new Fault(
      'log_refused',
      `the record of event ${id} of ${source} was written and is no event to its readers: do all processes run the same version?`,
    );
  }
}

function countByType(events: readonly RecordedEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** Some of a group may have reached the topic, so its senders try again with the same ids. */
function unknownOutcome(cause: unknown): Fault {
  if (cause instanceof Fault && !cause.retryable) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Fault('log_write_failed', `the log could not be written: ${reason}`, { cause, retryable: true });
}
