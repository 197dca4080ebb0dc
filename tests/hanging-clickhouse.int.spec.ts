import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
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

const counted = {
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
  expect(await engine.reader.all(counted, {})).toEqual([{ n: 2 }]);
});
