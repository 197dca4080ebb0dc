import type { NewRecord } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { afterEach, expect, it, vi } from 'vitest';
import { refusedInput, readDeadLetterRecord } from './dead-letter-record.ts';
import { DeadLetterWriter } from './dead-letter-writer.ts';
import { aRefusal } from '../refusals.fixture.ts';

afterEach(() => vi.useRealTimers());

const AT = '2026-11-24T12:00:00.000000Z';
const refused = (...texts: readonly string[]) => texts.map((text) => refusedInput(aRefusal(text), AT));

/** The records of each append. */
function aTopic(append: () => Promise<void> = async () => undefined) {
  const calls: (readonly NewRecord[])[] = [];
  const topic = {
    name: 'dead-letters',
    partitions: 4,
    append: async (records: readonly NewRecord[]) => {
      calls.push(records);
      await append();
      return records.map((_, at) => at);
    },
  };
  return { calls, writer: new DeadLetterWriter(topic, { maxPayloadBytes: 10, timeout: 1_000 }) };
}

const back = (record: NewRecord | undefined) =>
  record && readDeadLetterRecord({ ...record, offset: 0, timestamp: 0 });

it('writes all that a refusal holds', async () => {
  const { calls, writer } = aTopic();
  const refusal = aRefusal('{ é', { pointer: '/data/ü', value: '"x"' });
  const { sequences, done } = writer.writeRefusals([refusedInput(refusal, AT)]);
  await done;
  expect(back(calls[0]?.[0])).toEqual({
    id: refusedInput(refusal, AT).id,
    sequence: sequences[0],
    kind: 'came',
    refused: refusedInput(refusal, AT),
  });
});

it('writes an input once', async () => {
  const { calls, writer } = aTopic();
  await writer.writeRefusals(refused('{', '[')).done;
  await writer.writeRefusals(refused('[', '"')).done;
  expect(calls.map((call) => call.map(({ value }) => Buffer.from(value).toString()))).toEqual([
    ['{', '['],
    ['', '"'],
  ]);
  expect(back(calls[1]?.[0])).toMatchObject({ refused: { size: 1 } });
});

it('writes an input again after an append whose outcome is unknown', async () => {
  let isGone = true;
  const { calls, writer } = aTopic(async () => {
    if (isGone) throw new Fault('broker_unreachable', 'gone', { retryable: true });
  });
  await expect(writer.writeRefusals(refused('{')).done).rejects.toMatchObject({
    code: 'dead_letters_write_failed',
    retryable: true,
  });
  isGone = false;
  await writer.writeRefusals(refused('{')).done;
  expect(Buffer.from(calls[1]?.[0]?.value ?? []).toString()).toBe('{');
});

it('writes all records of a dead letter to one partition, and uses all partitions', async () => {
  const { calls, writer } = aTopic();
  const many = refused(...Array.from({ length: 40 }, (_, n) => `{${n}`));
  await writer.writeRefusals(many).done;
  for (const { id } of many)
    await writer.writeAction(id, { action: 'discard', acting: { at: AT, actor: 'a' }, reason: 'r' }).done;
  const acts = calls.slice(1).map(([record]) => record?.partition);
  expect(acts).toEqual(calls[0]?.map(({ partition }) => partition));
  expect(new Set(acts).size).toBe(4);
});

it('keeps the beginning of long texts', async () => {
  const { calls, writer } = aTopic();
  await writer.writeRefusals([
    refusedInput(aRefusal('{', { message: '€'.repeat(1e6), pointer: '/x'.repeat(1e6) }), AT),
  ]).done;
  const bytes = calls[0]?.[0]?.headers.reduce((sum, [, value]) => sum + value.length, 0);
  expect(bytes).toBeLessThan(100_000);
});

it('writes calls that wait in one append, in their order', async () => {
  const { calls, writer } = aTopic();
  const first = writer.writeRefusals(refused('{'));
  const second = writer.writeRefusals(refused('[', '"'));
  await Promise.all([first.done, second.done]);
  const numbers = calls.map((call) => call.map((record) => back(record)?.sequence.number));
  expect(numbers).toEqual([[1, 2, 3]]);
});

it('waits for a topic that hangs until the deadline of each call, and writes nothing later of those that it refused', async () => {
  vi.useFakeTimers();
  let goOn = (): void => undefined;
  const hanging = new Promise<void>((resolve) => (goOn = resolve));
  const { calls, writer } = aTopic(() => hanging);
  const overdue = { code: 'dead_letters_overdue', retryable: true };
  const first = writer.writeRefusals(refused('{')).done.catch((fault: unknown) => fault);
  await vi.advanceTimersByTimeAsync(400);
  const second = writer.writeRefusals(refused('[')).done.catch((fault: unknown) => fault);
  await vi.advanceTimersByTimeAsync(600);
  expect(await first).toMatchObject(overdue);
  const act = writer.writeAction('0a', { action: 'discard', acting: { at: AT, actor: 'a' }, reason: 'r' });
  await vi.advanceTimersByTimeAsync(400);
  expect(await second).toMatchObject(overdue);
  goOn();
  await act.done;
  expect(calls.map((call) => call.map((record) => back(record)?.kind))).toEqual([['came'], ['act']]);
  await writer.writeRefusals(refused('{')).done;
  expect(Buffer.from(calls[2]?.[0]?.value ?? []).toString()).toBe('{');
});
