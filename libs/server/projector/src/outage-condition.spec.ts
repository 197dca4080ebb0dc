import { Fault } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { outageCondition } from './outage-condition.ts';
import { OutageTracker } from './outage-tracker.ts';
import { retryingSink } from './retrying-sink.ts';

const ENGINE = new Fault('engine_unreachable', 'no answer', { retryable: true });
const BROKERS = new Fault('broker_unreachable', 'no coordinator', { retryable: true });
const BATCH = { table: 'training_step', token: 't', block: undefined as never, rows: 1 };

/** A sink whose inserts get no answer, under a lease that is confirmed like this. */
function inserting(confirm: () => Promise<void>) {
  const lost = new AbortController();
  const outages = new OutageTracker({ now: () => 0, retried: () => undefined, changed: () => undefined });
  const refuse = () => Promise.reject(ENGINE);
  const sink = retryingSink({ openBlock: refuse, insert: refuse, empty: refuse }, outages, {
    lost: lost.signal,
    check: () => lost.signal.throwIfAborted(),
    confirm,
  });
  return { lost, outages, inserted: sink.insert(BATCH as never).catch((fault: unknown) => fault) };
}

const codeOf = (outages: OutageTracker) => outageCondition(outages.current()?.fault, '').code;

it('is one of the brokers where they do not confirm the lease before an insert is repeated', async () => {
  const { lost, outages, inserted } = inserting(() => Promise.reject(BROKERS));
  await expect.poll(() => codeOf(outages)).toBe('broker_unreachable');
  lost.abort(new Fault('partition_lost', 'lost'));
  expect(await inserted).toMatchObject({ code: 'partition_lost' });
});

it('is one of ClickHouse where that does not answer, and ends with the partition while the brokers are asked', async () => {
  let asked = 0;
  const { lost, outages, inserted } = inserting(() => new Promise(() => void (asked += 1)));
  await expect.poll(() => asked).toBe(1);
  expect(codeOf(outages)).toBe('clickhouse_unavailable');
  lost.abort(new Fault('partition_lost', 'lost'));
  expect(await inserted).toMatchObject({ code: 'partition_lost' });
});
