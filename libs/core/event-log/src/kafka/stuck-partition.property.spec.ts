import fc from 'fast-check';
import { Fault, formatEventPosition } from '@tributary/kernel';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Appended, NewEvent, RecordedEvent } from '../event-log.ts';
import { appendRequest, sha256 } from '../append-request.ts';
import { anEvent } from '../log-under-test.fixture.ts';
import { IdempotentAppender } from './idempotent-appender.ts';

const PARTITIONS = 3;
const partitionOf = ({ stream }: NewEvent): number => Number(stream.slice(4)) % PARTITIONS;

/**
 * A topic in memory. Each write to the stuck partition waits for the next of the planned ends: what was sent is written
 * and read back, written and never confirmed, or not written. Then, and once it is healed, it answers at once.
 */
function topicWithStuck(stuck: number, ends: readonly ('late' | 'unknown' | 'lost')[]) {
  const records: RecordedEvent[][] = Array.from({ length: PARTITIONS }, () => []);
  const planned = [...ends];
  let isHealed = false;
  let next: (() => void) | undefined;
  const find = (source: string, id: string): RecordedEvent | undefined =>
    records.flat().find((one) => one.source === source && one.id === id && one.omitted === undefined);
  const put = (partition: number, event: NewEvent): RecordedEvent => {
    const own = records[partition] ?? [];
    const hash = sha256(event.bytes);
    const known = find(event.source, event.id);
    const position = formatEventPosition(partition * 2 ** 40 + own.length + 1);
    const recorded = { ...event, hash, position, streamSequence: 1, recordTime: 0 };
    own.push(known ? { ...recorded, omitted: known.hash === hash ? 'duplicate' : 'conflict' } : recorded);
    return own.at(-1) ?? recorded;
  };
  return {
    records,
    /** Ends the write that waits. */
    step: () => next?.(),
    heal() {
      isHealed = true;
      next?.();
    },
    name: 'events',
    partitions: PARTITIONS,
    partitionOf,
    requireRoom: () => undefined,
    async find(source: string, id: string) {
      await turn();
      return find(source, id);
    },
    async write(partition: number, events: readonly NewEvent[]) {
      if (partition === stuck && !isHealed && planned.length > 0) {
        await new Promise<void>((resolve) => (next = resolve));
        const end = planned.shift();
        if (end === 'unknown') for (const event of events) put(partition, event);
        if (end !== 'late') throw new Fault('broker_unreachable', `no leader: ${end}`, { retryable: true });
      } else await turn();
      return events.map((event) => put(partition, event));
    },
  };
}

const anyEvent = fc.record({
  id: fc.nat({ max: 11 }).map(String),
  text: fc.constantFrom('one', 'one', 'one', 'two'),
  stream: fc.nat({ max: 5 }).map((number) => `run/${number}`),
});
const history = fc.record({
  stuck: fc.nat({ max: PARTITIONS - 1 }),
  ends: fc.array(fc.constantFrom('late', 'unknown', 'lost'), { minLength: 1, maxLength: 5 }),
  requests: fc.array(
    fc.record({
      atomic: fc.boolean(),
      events: fc.array(anyEvent, { minLength: 1, maxLength: 4 }),
      /** What happens after it was sent. */
      next: fc.constantFrom('nothing', 'pause', 'step', 'too late'),
    }),
    { minLength: 1, maxLength: 20 },
  ),
});

type Sent = {
  readonly events: readonly NewEvent[];
  readonly atomic: boolean;
  answer?: Appended;
  fault?: unknown;
};

it('acknowledges what other partitions store, in order, whatever a stuck one does, and stores every event once', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ stuck, ends, requests }) => {
      const topic = topicWithStuck(stuck, ends);
      let now = 0;
      const appender = new IdempotentAppender(topic, { maxBytes: 20, timeout: 50, now: () => now });
      const sent: Sent[] = [];
      const overdue: AbortController[] = [];
      const send = async (
        events: readonly NewEvent[],
        atomic: boolean,
        signal?: AbortSignal,
      ): Promise<void> => {
        const one: Sent = { events, atomic };
        sent.push(one);
        try {
          one.answer = await appender.append(appendRequest(events, atomic), signal);
        } catch (fault) {
          one.fault = fault;
        }
      };
      const running: Promise<void>[] = [];
      for (const [index, { events, atomic, next }] of requests.entries()) {
        /* An event keeps its stream, so that only its content may conflict. */
        const made = events.map(({ id, text }) => anEvent({ id, text, stream: `run/${Number(id) % 6}` }));
        const deadline = new AbortController();
        overdue.push(deadline);
        running.push(send(made, atomic, next === 'too late' ? AbortSignal.abort() : deadline.signal));
        now += 7;
        if (next === 'step') topic.step();
        if (next !== 'nothing') await turn();
        if (index % 5 === 4) await settledTurns();
      }
      await settledTurns();
      const waitsFor = (one: Sent): boolean => one.events.some((event) => partitionOf(event) === stuck);
      /* What needs no stuck partition is answered by now, and acknowledged. */
      expect(sent.filter((one) => !waitsFor(one) && !isAborted(one) && !one.answer)).toEqual([]);
      for (const one of overdue) one.abort(new Fault('log_overdue', 'too late', { retryable: true }));
      await Promise.all(running);
      /* What needs it is acknowledged, or refused in a way that can be repeated. */
      expect(sent.filter((one) => !one.answer && !isAborted(one) && !isRetryable(one))).toEqual([]);
      expect(
        topic.records.map((records, partition) =>
          partition === stuck || sent.some(hasConflict) ? [] : idsOf(records),
        ),
      ).toEqual(
        topic.records.map((_, partition) =>
          partition === stuck || sent.some(hasConflict) ? [] : inOrder(sent, partition),
        ),
      );
      topic.heal();
      await appender.quiet();
      const retried = sent.filter(({ answer }) => !answer);
      const before = sent.length;
      await Promise.all(retried.map(({ events, atomic }) => send(events, atomic)));
      expect(sent.slice(before).filter(({ answer }) => !answer)).toEqual([]);
      const stored = topic.records.flat().filter(({ omitted }) => omitted === undefined);
      expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
      const byId = new Map(stored.map(({ id, position }) => [id, position]));
      expect(
        sent.flatMap(named).filter(({ id, position }) => position !== undefined && byId.get(id) !== position),
      ).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

const hasConflict = ({ events }: Sent): boolean => events.some(({ bytes }) => String(bytes) === 'two');

const idsOf = (records: readonly RecordedEvent[]): string[] =>
  records.flatMap(({ id, omitted }) => (omitted === undefined ? id : []));

/** The events of a partition in the order in which requests that were acknowledged, or list them, have brought them. */
const inOrder = (sent: readonly Sent[], partition: number): string[] => [
  ...new Set(
    sent.flatMap(({ events, answer, fault }) =>
      events.flatMap((event) =>
        partitionOf(event) === partition && (answer || receiptsOf(fault).some(({ id }) => id === event.id))
          ? event.id
          : [],
      ),
    ),
  ),
];

const isAborted = ({ fault }: Sent): boolean => fault instanceof DOMException;

async function settledTurns(): Promise<void> {
  for (let number = 0; number < 40; number += 1) await turn();
}

/** The positions that an answer or a refusal names. */
function named({ answer, fault }: Sent): readonly { readonly id: string; readonly position?: string }[] {
  if (!answer) return receiptsOf(fault);
  return answer.ok ? answer.receipts : [...answer.conflicts, ...(answer.stored ?? [])];
}

const isRetryable = ({ fault }: Sent): boolean => fault instanceof Fault && fault.retryable;

const receiptsOf = (fault: unknown): readonly { readonly id: string; readonly position: string }[] =>
  typeof fault === 'object' && fault !== null && 'stored' in fault && Array.isArray(fault.stored)
    ? fault.stored
    : [];
