import type { NewRecord } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { refusedInput, readDeadLetterRecord } from './dead-letter-record.ts';
import { DeadLetterWriter } from './dead-letter-writer.ts';
import { aRefusal } from './refusals.suite.ts';

const AT = '2026-11-24T12:00:00.000000Z';
const arrivals = (...texts: readonly string[]) => texts.map((text) => refusedInput(aRefusal(text), AT));

/** What would be written, by call. */
function aTopic(append: () => Promise<void> = async () => undefined) {
  const calls: (readonly NewRecord[])[] = [];
  const topic = {
    name: 'letters',
    partitions: 4,
    append: async (records: readonly NewRecord[]) => {
      calls.push(records);
      await append();
      return records.map((_, at) => at);
    },
  };
  return { calls, writer: new DeadLetterWriter(topic, 10) };
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
    ticket: sequences[0],
    kind: 'came',
    arrival: refusedInput(refusal, AT),
  });
});

it('writes a piece that the topic has only once', async () => {
  const { calls, writer } = aTopic();
  await writer.writeRefusals(arrivals('{', '[')).done;
  await writer.writeRefusals(arrivals('[', '"')).done;
  expect(calls.map((call) => call.map(({ value }) => Buffer.from(value).toString()))).toEqual([
    ['{', '['],
    ['', '"'],
  ]);
  expect(back(calls[1]?.[0])).toMatchObject({ arrival: { size: 1 } });
});

it('writes a piece again where nobody knows whether the topic has it', async () => {
  let isGone = true;
  const { calls, writer } = aTopic(async () => {
    if (isGone) throw new Fault('broker_unreachable', 'gone', { retryable: true });
  });
  await expect(writer.writeRefusals(arrivals('{')).done).rejects.toMatchObject({
    code: 'dead_letters_write_failed',
    retryable: true,
  });
  isGone = false;
  await writer.writeRefusals(arrivals('{')).done;
  expect(Buffer.from(calls[1]?.[0]?.value ?? []).toString()).toBe('{');
});

it('puts all of a letter on one partition, and letters on all of them', async () => {
  const { calls, writer } = aTopic();
  const many = arrivals(...Array.from({ length: 40 }, (_, n) => `{${n}`));
  await writer.writeRefusals(many).done;
  for (const { id } of many)
    await writer.writeAction(id, { action: 'discard', acting: { at: AT, actor: 'a' }, reason: 'r' }).done;
  const acts = calls.slice(1).map(([record]) => record?.partition);
  expect(acts).toEqual(calls[0]?.map(({ partition }) => partition));
  expect(new Set(acts).size).toBe(4);
});

it('keeps the beginning of texts that are as long as a piece', async () => {
  const { calls, writer } = aTopic();
  await writer.writeRefusals([
    refusedInput(aRefusal('{', { message: '€'.repeat(1e6), pointer: '/x'.repeat(1e6) }), AT),
  ]).done;
  const bytes = calls[0]?.[0]?.headers.reduce((sum, [, value]) => sum + value.length, 0);
  expect(bytes).toBeLessThan(100_000);
});

it('writes what waits together, in the order of the calls', async () => {
  const { calls, writer } = aTopic();
  const first = writer.writeRefusals(arrivals('{'));
  const second = writer.writeRefusals(arrivals('[', '"'));
  await Promise.all([first.done, second.done]);
  const numbers = calls.map((call) => call.map((record) => back(record)?.sequence.number));
  expect(numbers).toEqual([[1, 2, 3]]);
});
