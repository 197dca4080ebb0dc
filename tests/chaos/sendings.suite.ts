import { recordOf } from '@tributary/capture';
import type { NewRecord } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';
import { eventText, openFacts, SOURCE } from './facts.suite.ts';
import type { Fact, Sums } from './facts.suite.ts';
import type { Random } from './random.suite.ts';

/** A record on its way to the topic. One without a value is a tombstone, which no client of ours writes. */
export type Sending = Omit<NewRecord, 'value'> & { readonly value: Uint8Array | null };

/** What was sent, and what must come of it. */
export type Sent = {
  readonly records: number;
  readonly stored: Sums;
  readonly duplicates: number;
  readonly conflicts: number;
  /** By the code of the dead letter that each becomes. */
  readonly poison: ReadonlyMap<string, number>;
};

export type Sender = {
  /** The next records in their order. */
  next(count: number): Sending[];
  sent(): Sent;
};

type Options = {
  readonly partitions: number;
  readonly runs: number;
  readonly random: Random;
  /** Microseconds since 1970 of the first fact; each next one is one later. */
  readonly since: number;
  /** Without it nothing is sent that no door of ours would write. */
  readonly poison?: boolean;
};

const SHARES = { poison: 0.001, conflict: 0.006, repeat: 0.046 } as const;
/** How far back a repeat reaches. */
const REMEMBERED = 5_000;

type Known = { readonly fact: Fact & { readonly runId: string }; readonly sending: Sending };

/** Facts as records of our own format, among them repeats, ids with other content, and what is no event at all. */
export function openSender({ partitions, runs, random, since, poison = true }: Options): Sender {
  const facts = openFacts({ runs, random });
  const known: Known[] = [];
  const poisoned = new Map<string, number>();
  const counts = { records: 0, duplicates: 0, conflicts: 0 };

  const placed = (key: string, record: Pick<Sending, 'value' | 'headers'>): Sending => {
    const bytes = Buffer.from(key);
    return { key: bytes, partition: partitionOf(bytes, partitions), ...record };
  };
  const recorded = (fact: Known['fact'], time: number, subject?: string): Sending => {
    const { id, type, runId } = fact;
    const stream = `run/${runId}`;
    const event = { source: SOURCE, id, type, stream, bytes: Buffer.from(eventText(fact, subject)) };
    const { value, headers } = recordOf(event, { recordTime: time });
    return placed(stream, { value, headers });
  };
  const first = (): Sending => {
    const fact = facts.next();
    const sending = recorded(fact, since + facts.sums().events);
    known[facts.sums().events % REMEMBERED] = { fact, sending };
    return sending;
  };
  const bad = (): Sending => {
    const runId = `poison-${counts.records}`;
    const [code, record] = POISON[counts.records % POISON.length] ?? POISON[0];
    poisoned.set(code, (poisoned.get(code) ?? 0) + 1);
    const sending = placed(`run/${runId}`, record(runId));
    const isMisplaced = code === 'wrong_partition';
    return isMisplaced ? { ...sending, partition: (sending.partition + 1) % partitions } : sending;
  };
  const one = (): Sending => {
    const dice = random();
    counts.records += 1;
    if (poison && dice < SHARES.poison) return bad();
    const before = known[random.below(REMEMBERED)];
    if (!before || dice > SHARES.repeat) return first();
    if (dice < SHARES.conflict) {
      counts.conflicts += 1;
      return recorded(before.fact, since, `other-${counts.records}`);
    }
    counts.duplicates += 1;
    return before.sending;
  };
  return {
    next: (count) => Array.from({ length: count }, one),
    sent: () => ({ ...counts, stored: facts.sums(), poison: poisoned }),
  };
}

type Content = Pick<Sending, 'value' | 'headers'>;

const STRUCTURED = [['content-type', Buffer.from('application/cloudevents+json')]] as const;
const foreign = (value: Uint8Array | null): Content => ({ value, headers: [] });
const ended = (data: Fact['data']): Content => {
  const fact = { id: 'poison', type: 'training.run.ended', data: { ...data, attempt: 1, status: 'failed' } };
  return { value: Buffer.from(eventText(fact)), headers: STRUCTURED };
};

type Poison = readonly [code: string, record: (runId: string) => Content];

/** Records that no reader may take for an event, each under the key of a run of its own. */
const POISON: readonly [Poison, ...Poison[]] = [
  ['not_an_event', () => foreign(Buffer.from([0, 0, 0, 1, 7]))],
  ['wrong_key', () => ended({ runId: 'another' })],
  ['no_value', () => foreign(null)],
  ['invalid_json', () => ({ value: Buffer.from('{"specversion":'), headers: STRUCTURED })],
  ['schema_violation', () => ended({})],
  ['wrong_partition', (runId) => ended({ runId })],
];
