import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyTopic } from './copy-topic.ts';
import type { Copied } from './copy-topic.ts';
import { topicInMemory } from './topic.fixture.ts';
import type { TopicInMemory } from './topic.fixture.ts';
import type { TopicRecord } from './topic.ts';

/** Streams are numbers, so their partitions differ for most numbers of partitions. */
export const partitionOf = (key: Uint8Array, partitions: number): number =>
  Number(String(Buffer.from(key))) % partitions;

/** Microseconds; a producer writes it with its record. */
export const timeOf = ({ headers }: Pick<TopicRecord, 'headers'>): number =>
  Number(Buffer.from(headers.find(([name]) => name === 'time')?.[1] ?? []).toString());

type Fact = {
  readonly id: string;
  readonly stream: string;
  readonly content: string;
  readonly time: number;
  readonly own: number;
};

/** What readers with so many partitions make of a topic: records where their key belongs, the first of each id. */
function factsOf({ records }: Pick<TopicInMemory, 'records'>, partitions: number): Fact[] {
  return records.flatMap((ofPartition, partition) => {
    const facts = new Map<string, Fact>();
    let last = 0;
    for (const record of ofPartition) {
      const { key, value } = record;
      if (!key || !value?.length || partitionOf(key, partitions) !== partition) continue;
      const [id = '', content = ''] = Buffer.from(value).toString().split('=');
      if (facts.has(id)) continue;
      last = Math.max(timeOf(record), last + 1);
      facts.set(id, { id, stream: Buffer.from(key).toString(), content, time: last, own: timeOf(record) });
    }
    return [...facts.values()];
  });
}

/** Partitions before some are added. */
export const PINNED = 2;
/** Microseconds that a record may lie behind the one before it. */
const JITTER = 30;

/** An id belongs to one stream. Most ids come again, some with another content. */
const anEvent = fc.record({ id: fc.nat({ max: 25 }), content: fc.constantFrom('a', 'a', 'a', 'b') });
const aStep = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom('ours', 'foreign'),
      event: anEvent,
      jitter: fc.nat({ max: JITTER }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('no event'), partition: fc.nat({ max: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('grow'), to: fc.integer({ min: 3, max: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('copy'), killedAfter: fc.nat({ max: 12 }) }) },
);

type Step = typeof aStep extends fc.Arbitrary<infer One> ? One : never;

async function play(
  steps: readonly Step[],
  { from, to, killedLast }: { from: TopicInMemory; to: TopicInMemory; killedLast: number },
): Promise<Copied> {
  const copy = (isLast: boolean): Promise<Copied> =>
    copyTopic({ from, to, pinned: PINNED, partitionOf, timeOf, isLast, report: () => undefined });
  for (const [index, step] of steps.entries()) {
    if ('event' in step) {
      /* Our processes go on with the partitions that they know; other producers use those that there are. */
      const partitions = step.kind === 'ours' ? PINNED : from.partitions;
      const key = Buffer.from(String(step.event.id % 7));
      const time = Buffer.from(String(1_000 + 10 * index - step.jitter));
      const value = Buffer.from(`${step.event.id}=${step.event.content}`);
      await from.append([{ partition: partitionOf(key, partitions), key, value, headers: [['time', time]] }]);
    } else if ('partition' in step) {
      await from.append([
        { partition: step.partition, key: Buffer.from('0'), value: Buffer.alloc(0), headers: [] },
      ]);
    } else if ('to' in step) from.grow(step.to);
    else {
      to.failAfter(step.killedAfter);
      await copy(false).catch(() => undefined);
      to.failAfter(Infinity);
    }
  }
  to.failAfter(killedLast);
  await copy(true).catch(() => undefined);
  to.failAfter(Infinity);
  return copy(true);
}

/** Histories of our processes and of other producers, with partitions added and copies killed at any moment. */
export const copyLaw = (histories: number): void =>
  it(`keeps each acknowledged fact once, with its content, time and order, in ${histories} histories with partitions added and copies killed`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aStep, { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat({ max: 60 }),
        async (steps, partitions, portion, killedLast) => {
          const from = topicInMemory('events', PINNED, portion);
          const to = topicInMemory('events-2', partitions, portion);
          const { left } = await play(steps, { from, to, killedLast });
          expect(left).toBe(0);
          const acknowledged = factsOf(from, PINNED);
          const now = factsOf(to, partitions);
          const nowById = new Map(now.map((one) => [one.id, one]));
          expect(nowById.size).toBe(now.length);
          const written = from.records.flat().filter(({ value }) => value && value.length > 0);
          expect([...nowById.keys()].toSorted()).toEqual(
            [...new Set(written.map(({ value }) => String(value).split('=')[0] ?? ''))].toSorted(),
          );
          for (const { id, content, stream, own, time } of acknowledged) {
            const copied = nowById.get(id);
            expect(copied).toMatchObject({ content, stream, own });
            expect(copied?.time).toBeGreaterThanOrEqual(own);
            expect(copied?.time).toBeLessThanOrEqual(time + JITTER + steps.length);
          }
          const isAcknowledged = new Set(acknowledged.map(({ id }) => id));
          for (const stream of new Set(acknowledged.map((one) => one.stream)))
            expect(
              idsIn(
                stream,
                now.filter(({ id }) => isAcknowledged.has(id)),
              ),
            ).toEqual(idsIn(stream, acknowledged));
        },
      ),
      { numRuns: histories },
    );
  });

const idsIn = (stream: string, facts: readonly Fact[]): string[] =>
  facts.filter((one) => one.stream === stream).map(({ id }) => id);
