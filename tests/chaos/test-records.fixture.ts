import type { Random } from '@tributary/fixtures';
import { recordOf } from '@tributary/capture';
import type { NewRecord } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';
import { eventText, openFacts, SOURCE } from './facts.fixture.ts';
import type { Fact, Sums } from './facts.fixture.ts';

/** A record to be written to the topic. One without a value is a tombstone, which our client never writes. */
export type TestRecord = Omit<NewRecord, 'value'> & { readonly value: Uint8Array | null };

/** What was sent, and what must result from it. */
export type SentRecords = {
  readonly records: number;
  readonly stored: Sums;
  readonly duplicates: number;
  readonly conflicts: number;
  /** Records that become dead letters, by code. */
  readonly poisonMessages: ReadonlyMap<string, number>;
};

export type TestRecords = {
  /** The next records, in order. */
  next(count: number): TestRecord[];
  sent(): SentRecords;
};

type Options = {
  readonly partitions: number;
  readonly runs: number;
  readonly random: Random;
  /** Record time of the first fact in microseconds since 1970; each next fact is one microsecond later. */
  readonly since: number;
  /** Whether records are sent that our endpoints would refuse. */
  readonly poisonMessages?: boolean;
};

const SHARES = { poisonMessages: 0.001, conflict: 0.006, repeat: 0.046 } as const;
/** How many facts back a repeat may be. */
const REMEMBERED = 5_000;

type KnownRecord = { readonly fact: Fact & { readonly runId: string }; readonly record: TestRecord };

/** Facts as records of our format, with repeats, ids with other content, and records that are not events. */
export function openTestRecords({
  partitions,
  runs,
  random,
  since,
  poisonMessages = true,
}: Options): TestRecords {
  const facts = openFacts({ runs, random });
  const known: KnownRecord[] = [];
  const poisoned = new Map<string, number>();
  const counts = { records: 0, duplicates: 0, conflicts: 0 };

  const placed = (key: string, record: Pick<TestRecord, 'value' | 'headers'>): TestRecord => {
    const bytes = Buffer.from(key);
    return { key: bytes, partition: partitionOf(bytes, partitions), ...record };
  };
  const recorded = (fact: KnownRecord['fact'], time: number, subject?: string): TestRecord => {
    const { id, type, runId } = fact;
    const stream = `run/${runId}`;
    const event = { source: SOURCE, id, type, stream, bytes: Buffer.from(eventText(fact, subject)) };
    const { value, headers } = recordOf(event, { recordTime: time });
    return placed(stream, { value, headers });
  };
  const first = (): TestRecord => {
    const fact = facts.next();
    const record = recorded(fact, since + facts.sums().events);
    known[facts.sums().events % REMEMBERED] = { fact, record };
    return record;
  };
  const bad = (): TestRecord => {
    const runId = `poison-record-${counts.records}`;
    const [code, contentOf] = POISON_MESSAGES[counts.records % POISON_MESSAGES.length] ?? POISON_MESSAGES[0];
    poisoned.set(code, (poisoned.get(code) ?? 0) + 1);
    const record = placed(`run/${runId}`, contentOf(runId));
    const isMisplaced = code === 'wrong_partition';
    return isMisplaced ? { ...record, partition: (record.partition + 1) % partitions } : record;
  };
  const one = (): TestRecord => {
    const dice = random();
    counts.records += 1;
    if (poisonMessages && dice < SHARES.poisonMessages) return bad();
    const before = known[random.below(REMEMBERED)];
    if (!before || dice > SHARES.repeat) return first();
    if (dice < SHARES.conflict) {
      counts.conflicts += 1;
      return recorded(before.fact, since, `other-${counts.records}`);
    }
    counts.duplicates += 1;
    return before.record;
  };
  return {
    next: (count) => Array.from({ length: count }, one),
    sent: () => ({ ...counts, stored: facts.sums(), poisonMessages: poisoned }),
  };
}

type Content = Pick<TestRecord, 'value' | 'headers'>;

const STRUCTURED = [['content-type', Buffer.from('application/cloudevents+json')]] as const;
const foreign = (value: Uint8Array | null): Content => ({ value, headers: [] });
const ended = (data: Fact['data']): Content => {
  const fact = {
    id: 'poison-record',
    type: 'training.run.ended',
    data: { ...data, attempt: 1, status: 'failed' },
  };
  return { value: Buffer.from(eventText(fact)), headers: STRUCTURED };
};

type PoisonMessage = readonly [code: string, record: (runId: string) => Content];

/** Records that are not valid events, each under the key of its own run. */
const POISON_MESSAGES: readonly [PoisonMessage, ...PoisonMessage[]] = [
  ['not_an_event', () => foreign(Buffer.from([0, 0, 0, 1, 7]))],
  ['wrong_key', () => ended({ runId: 'another' })],
  ['no_value', () => foreign(null)],
  ['invalid_json', () => ({ value: Buffer.from('{"specversion":'), headers: STRUCTURED })],
  ['schema_violation', () => ended({})],
  ['wrong_partition', (runId) => ended({ runId })],
];
