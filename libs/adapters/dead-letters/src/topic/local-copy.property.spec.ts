import type { TopicRecord } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryStore } from '../memory-store.ts';
import type { DeadLetterStore } from '../dead-letter-store.ts';
import type { DeadLetterAction } from './dead-letter-action.ts';
import { aRefusal } from '../refusals.fixture.ts';
import { recordOfAction, refusedInput, recordOfRefusal } from './dead-letter-record.ts';
import { LocalCopy } from './local-copy.ts';

const AT = '2026-11-24T12:00:00.000000Z';
const acting = { at: AT, actor: 'mara' };
const ACTS: readonly DeadLetterAction[] = [
  { action: 'discard', acting, reason: 'seen to' },
  { action: 'replay', acting: { ...acting, fixed: false }, submitted: { ok: true, position: '7' } },
  {
    action: 'replay',
    acting: { ...acting, fixed: true },
    submitted: { ok: false, reason: { code: 'too_deep', message: 'deep', pointer: '' } },
  },
];

/** What processes write: refusals of a few texts, and actions on them or on unknown ids. */
const writtenBy = (writer: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(fc.record({ writer, text: fc.constantFrom('{', '[', '"', '{{'), action: fc.nat(7) }), {
    maxLength,
    size: 'max',
  });
const written = writtenBy(fc.constantFrom('a', 'b', 'c'), 40);
/** More writers than are kept, as after many starts. */
const writtenByMany = writtenBy(fc.uuid(), 100);

type Written = readonly { readonly writer: string; readonly text: string; readonly action: number }[];

/** Records of a topic, without their offsets. */
const recordsOf = (all: Written): readonly Omit<TopicRecord, 'offset'>[] =>
  all.map(({ writer, text, action }, at) => {
    const sequence = { writer, number: at };
    const refused = refusedInput(aRefusal(text), AT);
    const done = ACTS[action];
    const record = done ? recordOfAction(refused.id, done, sequence) : recordOfRefusal(refused, sequence);
    return { ...record, partition: 0, timestamp: 0 };
  });

const laidOut = (records: readonly Omit<TopicRecord, 'offset'>[]): readonly TopicRecord[] =>
  records.map((record, offset) => ({ ...record, offset }));

const nothing = (): void => undefined;
const copyIn = (store: DeadLetterStore, onStopped: (fault: Fault) => void = nothing): LocalCopy =>
  new LocalCopy({ store, topic: 't', maxBytes: 1e9, onFolded: nothing, onStopped });

async function fold(records: DeadLetterStore, portion: readonly TopicRecord[]): Promise<void> {
  const copy = copyIn(records);
  await copy.take({ partition: 0, records: portion, end: portion.length });
}

const contentOf = (records: DeadLetterStore) => ({
  deadLetters: [...records.newestFirst()],
  counts: records.counts(),
});

async function foldedAtOnce(topic: readonly TopicRecord[]) {
  const records = memoryStore();
  await fold(records, topic);
  return contentOf(records);
}

it('folds each record once over restarts and repeated fetches', async () => {
  await fc.assert(
    fc.asyncProperty(
      writtenByMany,
      fc.array(fc.tuple(fc.nat(100), fc.nat(40)), { maxLength: 6 }),
      async (all, portions) => {
        const topic = laidOut(recordsOf(all));
        const records = memoryStore();
        for (const [back, length] of portions) {
          const next = records.folded(0)?.next ?? 0;
          await fold(records, topic.slice(Math.max(0, next - back), next + length));
        }
        await fold(records, topic);
        expect(contentOf(records)).toEqual(await foldedAtOnce(topic));
      },
    ),
    { seed: 7, numRuns: 150 },
  );
});

it('counts a record once that was written again, with all or some records of its append', async () => {
  await fc.assert(
    fc.asyncProperty(written, fc.nat(40), fc.nat(8), async (all, at, length) => {
      const once = recordsOf(all);
      const end = Math.min(once.length, at + length);
      const twice = [...once.slice(0, end), ...once.slice(at, end), ...once.slice(end)];
      expect(await foldedAtOnce(laidOut(twice))).toEqual(await foldedAtOnce(laidOut(once)));
    }),
    { seed: 7, numRuns: 300 },
  );
});

it('takes nothing from a topic that holds another record where the last one was folded, whatever follows', async () => {
  await fc.assert(
    fc.asyncProperty(written, written, async (all, others) => {
      fc.pre(all.length > 0);
      const records = memoryStore();
      await fold(records, laidOut(recordsOf(all)));
      const known = { ...contentOf(records), folded: records.folded(0) };
      const last = all.length - 1;
      /* Numbers of a process ascend, so these are records that nobody has written before. */
      const replaced = others.map((one) => ({ ...one, writer: `other ${one.writer}` }));
      const now = laidOut(recordsOf([...all.slice(0, last), ...replaced])).slice(last);
      const faults: Fault[] = [];
      const copy = copyIn(records, (fault) => void faults.push(fault));
      const taken = copy.take({ partition: 0, records: now, end: last + now.length });
      if (now.length === 0) return taken;
      await expect(taken).rejects.toMatchObject({ code: 'dead_letters_other_topic' });
      expect({ ...contentOf(records), folded: records.folded(0) }).toEqual(known);
      expect(faults).toEqual([copy.stopped()]);
    }),
    { seed: 7, numRuns: 150 },
  );
});

it('writes nothing where it is given only what it has folded', async () => {
  const topic = laidOut(recordsOf(['{', '['].map((text) => ({ writer: 'a', text, action: 7 }))));
  const records = memoryStore();
  await fold(records, topic);
  const write = () => Promise.reject(new Error('nothing is to be written'));
  for (const portion of [topic, topic.slice(1), []]) await fold({ ...records, write }, portion);
  expect(records.counts()).toMatchObject({ parked: 2 });
});

it('recognises no topic by a batch that cannot be read, because another one looks the same', async () => {
  const [first] = laidOut(recordsOf([{ writer: 'a', text: '{', action: 7 }]));
  const unreadable = { first: 1, bytes: Buffer.from('batch'), reason: 'too long' };
  const batch = { partition: 0, offset: 1, key: null, value: null, headers: [], timestamp: 0, unreadable };
  const records = memoryStore();
  await fold(records, first ? [first, batch] : []);
  expect(records.folded(0)).toMatchObject({ next: 2 });
  expect(records.folded(0)).not.toHaveProperty('last');
});

it('counts the bytes that are kept', async () => {
  await fc.assert(
    fc.asyncProperty(written, async (all) => {
      const { deadLetters, counts } = await foldedAtOnce(laidOut(recordsOf(all)));
      const kept = deadLetters.filter(({ state }) => state !== 'discarded');
      expect(counts?.bytes ?? 0).toBe(kept.reduce((sum, { size }) => sum + size, 0));
      expect(counts?.parked ?? 0).toBe(deadLetters.filter(({ state }) => state === 'parked').length);
    }),
    { seed: 7, numRuns: 200 },
  );
});

it('writes nothing more after a failed flush, and goes on after a full disk', async () => {
  const records = memoryStore();
  const faults: Fault[] = [];
  let writes = 0;
  const write: DeadLetterStore['write'] = async (changes) => {
    writes += 1;
    if (writes === 1) throw new Fault('disk_full', 'full', { retryable: true });
    if (writes === 3) throw new Fault('dead_letters_write_failed', 'flush failed');
    await records.write(changes);
  };
  const copy = copyIn({ ...records, write }, (fault) => void faults.push(fault));
  const [first, second] = laidOut(recordsOf(['{', '['].map((text) => ({ writer: 'a', text, action: 7 }))));
  const take = (record: TopicRecord | undefined) =>
    copy.take({ partition: 0, records: record ? [record] : [], end: 2 });
  await expect(take(first)).rejects.toMatchObject({ code: 'disk_full' });
  expect(copy.stopped()).toBeUndefined();
  await take(first);
  for (let attempt = 0; attempt < 3; attempt += 1)
    await expect(take(second)).rejects.toMatchObject({ code: 'dead_letters_write_failed' });
  expect({ writes, next: copy.next(0), counts: copy.counts().parked }).toEqual({
    writes: 3,
    next: 1,
    counts: 1,
  });
  expect(faults).toEqual([copy.stopped()]);
});
