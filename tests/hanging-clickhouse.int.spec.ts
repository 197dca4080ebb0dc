import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { instantNow, sleep } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { insertedRows, storedBlock } from '@tributary/projection';
import type { BlockRange } from '@tributary/projection';
import { OutageTracker, retryingSink, sinkOf } from '@tributary/projector';
import { startClickHouse, startTcpProxy } from '@tributary/test-servers';
import type { ClickHouse, TcpProxy } from '@tributary/test-servers';
import { afterAll, beforeAll, expect, it } from 'vitest';

let clickhouse: ClickHouse;
let proxy: TcpProxy;
let engine: Engine;
beforeAll(async () => {
  clickhouse = await startClickHouse();
  proxy = await startTcpProxy({ to: { host: '127.0.0.1', port: clickhouse.port } });
  engine = await connectServer({ url: `http://127.0.0.1:${proxy.port}`, queryMillis: 1_000 });
});
afterAll(async () => {
  proxy.blackhole(false);
  await engine.close();
  await proxy.stop();
  await clickhouse.stop();
});

const rowsNow = {
  name: 'rows',
  sql: 'SELECT toUInt32(count()) AS n FROM tributary.hanging',
  params: { parse: () => ({}) },
  row: { parse: (row: unknown) => row },
};

it('shows a projector that ClickHouse accepts no rows while an insert has no answer, and forgets it with the answer', async () => {
  /* Milliseconds that pass only for the tracker. */
  let elapsed = 0;
  const reported: unknown[] = [];
  const outages = new OutageTracker({
    now: () => 0,
    elapsed: () => elapsed,
    retried: () => undefined,
    changed: (fault) => void reported.push(fault),
  });
  await engine.command('CREATE DATABASE IF NOT EXISTS tributary ENGINE = Atomic');
  await engine.command('CREATE TABLE tributary.hanging (a UInt32) ENGINE = MergeTree ORDER BY a');
  const lease = { lost: new AbortController().signal, check: () => undefined };
  const sink = retryingSink(sinkOf(engine), outages, lease);
  const block = (await engine.encoder('tributary.hanging')).rows([{ a: 1 }, { a: 2 }]);

  proxy.blackhole(true);
  const inserted = sink.insert({ token: 'held', block });
  expect(outages.current()).toBeUndefined();
  elapsed += 31_000;
  expect(outages.current()?.fault).toMatchObject({ code: 'engine_unreachable', retryable: true });
  proxy.blackhole(false);
  await inserted;
  expect(outages.current()).toBeUndefined();
  expect(reported).toEqual([]);
  expect(await engine.reader.all(rowsNow, {})).toEqual([{ n: 2 }]);
});

/** More than the inserts that run at a time: the others wait for their turn. */
const PARTITIONS = 12;
/** For which an insert is repeated without a look at its table. */
const REPEAT_MILLIS = 500;

type Burst = { readonly table: string; readonly engine: Engine; readonly reader: SqlReader };

/** Inserts a block of each partition while ClickHouse gives no answer for a while. Rejects where they do not end. */
async function hangingBurst({ table, engine, reader }: Burst, millis: number): Promise<void> {
  const outages = new OutageTracker({ now: Date.now, retried: () => undefined, changed: () => undefined });
  const lost = AbortSignal.timeout(15_000);
  const lease = { lost, check: () => lost.throwIfAborted() };
  const stored = (range: BlockRange) => storedBlock(reader, range, []);
  const counted = insertedRows(reader, []).stored;
  const repeats = { now: instantNow, millis: REPEAT_MILLIS, stored, counted };
  const sink = retryingSink(sinkOf(engine), outages, lease, repeats);
  const encoder = await engine.encoder(`tributary.${table}`);

  proxy.blackhole(true);
  const burst = Array.from({ length: PARTITIONS }, (_, partition) => {
    const block = encoder.rows([{ _position: 10 * partition + 1 }]);
    const range = { after: 10 * partition, until: 10 * partition + 1, before: 0, rows: 1, total: 1 };
    return sink.insert({ token: `${table}:${partition}`, block, range: { table, ...range } });
  });
  const inserted = Promise.all(burst);
  await Promise.race([sleep(millis), inserted]);
  proxy.blackhole(false);
  await inserted;
}

it.each([
  ['the inserts in flight wait for it', 60_000, 700],
  ['the inserts in flight are given up and repeated', 300, 2_000],
])(
  'inserts a block of every partition once after ClickHouse gave no answer for longer than the time without a look: %s',
  async (_, insertMillis, millis) => {
    const table = `burst_${insertMillis}`;
    const own = await connectServer({ url: `http://127.0.0.1:${proxy.port}`, insertMillis });
    await own.command('CREATE DATABASE IF NOT EXISTS tributary ENGINE = Atomic');
    await own.command(
      `CREATE TABLE tributary.${table} (_position UInt64) ENGINE = MergeTree ORDER BY _position SETTINGS non_replicated_deduplication_window = 100`,
    );
    await hangingBurst({ table, engine: own, reader: own.reader }, millis).finally(() => own.close());
    const found = await engine.reader.all(
      { ...rowsNow, sql: `SELECT toUInt32(count()) AS n FROM tributary.${table}` },
      {},
    );
    expect(found).toEqual([{ n: PARTITIONS }]);
  },
  30_000,
);
