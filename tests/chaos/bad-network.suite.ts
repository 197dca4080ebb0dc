import { setTimeout as pause } from 'node:timers/promises';
import { startTcpProxy } from '@tributary/test-servers';
import type { TcpProxy } from '@tributary/test-servers';
import { expect } from 'vitest';
import type { Arena } from './arena.suite.ts';
import { recordsIn } from './carried.suite.ts';
import { figures } from './figures.suite.ts';
import { expectRebuilt } from './kills-and-rebalances.suite.ts';
import { answersText, startProducers } from './producers.suite.ts';
import { randomFrom } from './random.suite.ts';
import type { Random } from './random.suite.ts';
import { expectStored } from './stored.suite.ts';

export type BadNetwork = { readonly troubles: number; readonly seed: number; readonly producers: number };

/** Between ingest, projectors, broker and ClickHouse, connections are late, silent, refused, cut and reset. */
export async function badNetwork(arena: Arena, options: BadNetwork): Promise<void> {
  const random = randomFrom(options.seed);
  const stage = await arena.stage('network', { session: 6_000 });
  const tables = await startTcpProxy({ to: { host: '127.0.0.1', port: stage.clickhouse.port } });
  const through = { ...stage.throughProxy, CLICKHOUSE_URL: `http://127.0.0.1:${tables.port}` };
  const processes = await Promise.all([
    stage.start('ingest', through),
    stage.start('projector', through),
    stage.start('projector', through),
  ]);
  for (const one of processes) await one.becomes('ready');
  const [ingest] = processes;
  const producers = startProducers({
    url: () => ingest.url,
    random,
    count: options.producers,
    batch: 20,
    patience: 4_000,
    rest: 20,
  });
  const began = performance.now();
  for (let trouble = 0; trouble < options.troubles; trouble += 1) {
    const [proxy, kinds] = random() < 0.6 ? ([arena.proxy, BROKER] as const) : ([tables, ENGINE] as const);
    await kinds[random.below(kinds.length)]?.(proxy, random);
    await pause(100 + random.below(400));
  }
  await Promise.all([arena.proxy, tables].map(calm));
  const seen = await producers.stop();
  const seconds = (performance.now() - began) / 1000;
  const stored = await expectStored(stage, seen);
  expect(stored.unknownStored).toBe(0);
  await expectRebuilt(stage);
  figures('a bad network', {
    troubles: options.troubles,
    acknowledged: seen.acknowledged.size,
    'events/s': Math.round(seen.acknowledged.size / seconds),
    retries: seen.retries,
    answers: answersText(seen.answers),
    'records written twice': (await recordsIn(stage.topic)) - stored.ids,
    'slowest request ms': Math.round(seen.slowest),
  });
  await stage.stop();
  await tables.stop();
}

type Trouble = (proxy: TcpProxy, random: Random) => Promise<void> | void;

const silence: Trouble = async (proxy, random) => {
  proxy.blackhole(true);
  await pause(300 + random.below(2_000));
  proxy.blackhole(false);
};
const refusal: Trouble = async (proxy, random) => {
  await proxy.refuse(true);
  proxy.reset();
  await pause(200 + random.below(1_000));
  await proxy.refuse(false);
};
const late: Trouble = async (proxy, random) => {
  proxy.delay(50 + random.below(250));
  await pause(1_000);
  proxy.delay(0);
};
const anywhere: readonly Trouble[] = [
  silence,
  refusal,
  late,
  (proxy) => proxy.reset(),
  (proxy, random) => proxy.dropAfter(random.below(20_000)),
  (proxy, random) => proxy.cutAnswerAfterRequests(random.below(20), random.below(12)),
];
const BROKER = anywhere;
const ENGINE: readonly Trouble[] = [...anywhere, (proxy) => proxy.strand(), (proxy) => proxy.halfClose()];

async function calm(proxy: TcpProxy): Promise<void> {
  proxy.blackhole(false);
  proxy.delay(0);
  proxy.dropAfter(Infinity);
  proxy.cutAnswerAfterRequests(Infinity);
  await proxy.refuse(false);
}
