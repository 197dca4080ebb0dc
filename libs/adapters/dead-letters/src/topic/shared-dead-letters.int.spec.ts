import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Topic } from '@tributary/event-log';
import { brokerUnavailable, startBroker } from '@tributary/test-servers';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { contentOf, newName, topicOf } from './broker-topic.fixture.ts';
import { refusedInput, recordOfRefusal } from './dead-letter-record.ts';
import { MAX_PAYLOAD_BYTES } from './dead-letter-writer.ts';
import { openTopicDeadLetters } from './open-topic-dead-letters.ts';
import type { SharedDeadLetters } from './topic-dead-letters.ts';
import { deadLetterSink } from './dead-letter-sink.ts';
import { aRefusal } from '../refusals.fixture.ts';

const missing = brokerUnavailable();
const broker = missing === undefined ? await startBroker() : undefined;
afterAll(() => broker?.stop());

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).toReversed()) await clean();
});

async function connected(name: string, partitions?: number): Promise<Topic> {
  const topic = await topicOf(broker?.bootstrap ?? [], name, partitions);
  cleanUp.push(() => topic.close());
  return topic;
}

function aDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'shared-dead-letters-'));
  cleanUp.push(async () => rmSync(directory, { recursive: true }));
  return directory;
}

type Given = { readonly directory?: string; readonly maxBytes?: number; readonly partitions?: number };

/** The dead letters as another process would open them. */
async function opened(
  name: string,
  { directory = aDirectory(), partitions, ...more }: Given = {},
): Promise<SharedDeadLetters> {
  const topic = await connected(name, partitions);
  const deadLetters = await openTopicDeadLetters({ topic, directory, timeoutMs: 10_000, ...more });
  cleanUp.push(() => deadLetters.close());
  return deadLetters;
}

const stored = async () => ({ ok: true, position: '7' }) as const;
const by = { actor: 'mara', reason: 'seen to' };

/** Waits until both copies have the same counts. */
async function expectSame(left: SharedDeadLetters, right: SharedDeadLetters): Promise<void> {
  await expect.poll(() => right.counts()).toEqual(left.counts());
  await expect.poll(() => contentOf(right)).toEqual(await contentOf(left));
}

describe.skipIf(missing)(`dead letters that processes share${missing ? `, skipped: ${missing}` : ''}`, () => {
  it.each([1, 3])(
    'are the same for all of them, also for one that comes later: %i partitions',
    async (partitions) => {
      const name = newName();
      const one = await opened(name, { partitions });
      const other = await opened(name);
      const texts = Array.from({ length: 12 }, (_, n) => `{${n}`);
      const [first = '', second = '', third = ''] = await one.park(texts.map((text) => aRefusal(text)));
      await other.park([aRefusal('{0'), aRefusal('{0'), aRefusal('{other')]);
      await expectSame(other, one);
      await one.replay(first, by, stored);
      await other.discard(second, by);
      await one.replay(third, by, async () => ({
        ok: false,
        reason: { code: 'too_deep', message: 'deep', pointer: '' },
      }));
      await expectSame(one, other);
      expect(one.counts()).toMatchObject({ parked: 11, replayed: 1, discarded: 1, byCode: { too_deep: 1 } });
      expect((await other.get(first))?.deadLetter).toMatchObject({
        seen: 3,
        state: 'replayed',
        position: '7',
      });
      await expectSame(one, await opened(name));
    },
  );

  it('are settled by only one of two processes', async () => {
    const name = newName();
    const all = [await opened(name), await opened(name), await opened(name)] as const;
    const [id = ''] = await all[0].park([aRefusal('{')]);
    for (const deadLetters of all) await expect.poll(() => deadLetters.counts().parked).toBe(1);
    const settled = await Promise.allSettled([
      all[0].discard(id, { actor: 'a', reason: 'r' }),
      all[1].replay(id, { actor: 'b' }, stored),
      all[2].discard(id, { actor: 'c', reason: 'r' }),
    ]);
    const lost = settled.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(lost).toMatchObject([{ code: 'dead_letter_settled' }, { code: 'dead_letter_settled' }]);
    await expectSame(all[0], all[1]);
    await expectSame(all[0], all[2]);
    expect((await all[0].get(id))?.deadLetter.history).toHaveLength(1);
  });

  it('come from processes that keep no copy', async () => {
    const name = newName();
    const box = deadLetterSink({ topic: await connected(name) });
    const ids = await box.park([aRefusal('{'), aRefusal('[', { code: 'too_deep', value: '"x"' })]);
    expect(await box.park([])).toEqual([]);
    await box.park([aRefusal('{')]);
    expect(box.parkedByCode()).toEqual({ invalid_json: 2, too_deep: 1 });
    const deadLetters = await opened(name);
    expect((await deadLetters.get(ids[0] ?? ''))?.bytes?.toString()).toBe('{');
    expect((await deadLetters.get(ids[0] ?? ''))?.deadLetter.seen).toBe(2);
    expect((await deadLetters.get(ids[1] ?? ''))?.deadLetter).toMatchObject({
      code: 'too_deep',
      value: '"x"',
    });
  });

  it('keep the beginning of an input that is too large, and refuse to replay it', async () => {
    const deadLetters = await opened(newName());
    const bytes = Buffer.alloc(MAX_PAYLOAD_BYTES + 5, '{');
    const [id = ''] = await deadLetters.park([aRefusal('', { bytes, message: 'm'.repeat(2_000_000) })]);
    const kept = await deadLetters.get(id);
    expect(kept?.deadLetter).toMatchObject({ size: bytes.length, kept: MAX_PAYLOAD_BYTES });
    expect(kept?.deadLetter.message).toContain('bytes of the piece were kept');
    expect(kept?.bytes?.length).toBe(MAX_PAYLOAD_BYTES);
    expect(deadLetters.counts().bytes).toBe(MAX_PAYLOAD_BYTES);
    await expect(deadLetters.replay(id, by, stored)).rejects.toMatchObject({ code: 'dead_letter_truncated' });
    const fixed = Buffer.from('{}');
    expect(await deadLetters.replay(id, { ...by, fixed }, stored)).toMatchObject({ state: 'replayed' });
  });

  it('keep no input of other processes beyond the limit of bytes', async () => {
    const name = newName();
    const deadLetters = await opened(name, { maxBytes: 3 });
    const box = deadLetterSink({ topic: await connected(name) });
    const [, id = ''] = await box.park([aRefusal('{1'), aRefusal('{2')]);
    await expect.poll(() => deadLetters.counts()).toMatchObject({ parked: 2, bytes: 2 });
    expect(await deadLetters.get(id)).toMatchObject({ deadLetter: { size: 2, kept: 0 }, bytes: undefined });
    await deadLetters.discard(id, by);
    expect(deadLetters.counts()).toMatchObject({ bytes: 2, discarded: 1 });
  });

  it('count a record once that was written twice, and skip foreign records', async () => {
    const name = newName();
    const topic = await connected(name);
    const deadLetter = recordOfRefusal(refusedInput(aRefusal('{'), '2026-11-24T12:00:00.000000Z'), {
      writer: 'w',
      number: 1,
    });
    const foreign = { key: Buffer.from('k'), value: Buffer.from('v'), headers: [] };
    await topic.append([deadLetter, deadLetter, foreign].map((record) => ({ ...record, partition: 0 })));
    await topic.append([{ ...deadLetter, partition: 0 }]);
    const deadLetters = await opened(name);
    expect((await contentOf(deadLetters)).deadLetters).toMatchObject([{ seen: 1 }]);
  });

  it('are folded from the next offset of the copy', async () => {
    const name = newName();
    const directory = aDirectory();
    const before = await opened(name, { directory });
    await before.park([aRefusal('{'), aRefusal('{')]);
    await before.close();
    const other = await opened(name);
    await other.park([aRefusal('{'), aRefusal('{late')]);
    const again = await opened(name, { directory });
    await expectSame(other, again);
    expect((await contentOf(again)).deadLetters.map(({ seen }) => seen)).toEqual([1, 3]);
  });

  it('are not mixed with those of another topic', async () => {
    const directory = aDirectory();
    const deadLetters = await opened(newName(), { directory });
    await deadLetters.park([aRefusal('{')]);
    await deadLetters.close();
    await expect(opened(newName(), { directory })).rejects.toMatchObject({
      code: 'dead_letters_other_topic',
    });
  });

  it('wait for a broker that hangs until their deadline, and are kept when they are sent again', async () => {
    const name = newName();
    const box = deadLetterSink({ topic: await connected(name), timeout: 500 });
    await box.park([aRefusal('{')]);
    broker?.freeze();
    const overdue = { code: 'dead_letters_overdue', retryable: true };
    const [first, second] = [box.park([aRefusal('[')]), box.park([aRefusal('"')])];
    await Promise.all([first, second].map((parked) => expect(parked).rejects.toMatchObject(overdue)));
    broker?.thaw();
    const again = deadLetterSink({ topic: await connected(name), timeout: 60_000 });
    await again.park([aRefusal('['), aRefusal('"')]);
    const deadLetters = await opened(name);
    expect(deadLetters.counts()).toMatchObject({ parked: 3 });
  });

  it('have died where another process writes to the copy; what they park is kept, and what they show is not changed', async () => {
    const name = newName();
    const directory = aDirectory();
    const pair = [await opened(name, { directory }), await opened(name, { directory })] as const;
    const [id = ''] = await deadLetterSink({ topic: await connected(name) }).park([aRefusal('{')]);
    await expect.poll(() => pair.filter((one) => one.dead() !== undefined).length).toBe(1);
    const [alive, dead] = pair[0].dead() === undefined ? pair : [pair[1], pair[0]];
    expect(dead.dead()).toMatchObject({ code: 'dead_letters_taken' });
    expect([dead.fault(), alive.fault(), alive.dead()]).toEqual([undefined, undefined, undefined]);
    await expect(dead.discard(id, by)).rejects.toMatchObject({ code: 'dead_letters_taken' });
    await expect.poll(() => alive.counts().parked).toBe(1);
    let submitted = 0;
    const submit = () => {
      submitted += 1;
      return stored();
    };
    await expect(dead.replay(id, by, submit)).rejects.toMatchObject({ code: 'dead_letters_taken' });
    expect(submitted).toBe(0);
    await dead.park([aRefusal('[')]);
    await expect.poll(() => alive.counts().parked).toBe(2);
  });

  it('wait for an unavailable broker, and continue when it is back', async () => {
    const name = newName();
    const deadLetters = await opened(name);
    const [id = ''] = await deadLetters.park([aRefusal('{')]);
    await broker?.kill();
    const gone = { code: 'dead_letters_write_failed', retryable: true };
    await Promise.all([
      expect(deadLetters.park([aRefusal('[')])).rejects.toMatchObject(gone),
      expect(deadLetters.discard(id, by)).rejects.toMatchObject(gone),
    ]);
    expect((await deadLetters.get(id))?.deadLetter.state).toBe('parked');
    await broker?.restart();
    await deadLetters.park([aRefusal('[')]);
    expect(await deadLetters.discard(id, by)).toMatchObject({ state: 'discarded' });
    await expectSame(deadLetters, await opened(name));
  });
});
