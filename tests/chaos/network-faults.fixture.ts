import { randomFrom, recordFigures } from '@tributary/fixtures';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '@tributary/fixtures';
import { startTcpProxy } from '@tributary/test-servers';
import type { TcpProxy } from '@tributary/test-servers';
import { expect } from 'vitest';
import type { TestCluster } from './test-cluster.fixture.ts';
import { recordsIn } from './group-progress.fixture.ts';
import { expectRebuilt } from './kills-and-rebalances.fixture.ts';
import { answersText, startProducers } from './producers.fixture.ts';
import { expectStored } from './stored-events.fixture.ts';

export type NetworkFaults = { readonly faults: number; readonly seed: number; readonly producers: number };

/** Connections between ingest, projectors, broker and ClickHouse are delayed, silent, refused, truncated and reset. */
export async function networkFaults(cluster: TestCluster, options: NetworkFaults): Promise<void> {
  const random = randomFrom(options.seed);
  const stage = await cluster.stage('network', { session: 6_000 });
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
    timeout: 4_000,
    pauseMillis: 20,
  });
  const began = performance.now();
  for (let fault = 0; fault < options.faults; fault += 1) {
    const [proxy, kinds] = random() < 0.6 ? ([cluster.proxy, BROKER] as const) : ([tables, ENGINE] as const);
    await kinds[random.below(kinds.length)]?.(proxy, random);
    await pause(100 + random.below(400));
  }
  await Promise.all([cluster.proxy, tables].map(calm));
  /* Producers would wait for a dead one without end. */
  const dead = processes.find((one) => !one.isAlive());
  if (dead) throw new Error(`a service has ended:\n${dead.output()}`);
  const outcome = await producers.stop();
  const seconds = (performance.now() - began) / 1000;
  const stored = await expectStored(stage, outcome);
  expect(stored.unknownStored).toBe(0);
  await expectRebuilt(stage);
  recordFigures('network faults', {
    faults: options.faults,
    acknowledged: outcome.acknowledged.size,
    'events/s': Math.round(outcome.acknowledged.size / seconds),
    retries: outcome.retries,
    answers: answersText(outcome.answers),
    'records written twice': (await recordsIn(stage.topic)) - stored.ids,
    'slowest request ms': Math.round(outcome.slowest),
  });
  await stage.stop();
  await tables.stop();
}

type NetworkFault = (proxy: TcpProxy, random: Random) => Promise<void> | void;

const silence: NetworkFault = async (proxy, random) => {
  proxy.blackhole(true);
  await pause(300 + random.below(2_000));
  proxy.blackhole(false);
};
const refusal: NetworkFault = async (proxy, random) => {
  await proxy.refuse(true);
  proxy.reset();
  await pause(200 + random.below(1_000));
  await proxy.refuse(false);
};
const late: NetworkFault = async (proxy, random) => {
  proxy.delay(50 + random.below(250));
  await pause(1_000);
  proxy.delay(0);
};
const anywhere: readonly NetworkFault[] = [
  silence,
  refusal,
  late,
  (proxy) => proxy.reset(),
  (proxy, random) => proxy.dropAfter(random.below(20_000)),
  (proxy, random) => proxy.cutAnswerAfterRequests(random.below(20), random.below(12)),
];
const BROKER = anywhere;
const ENGINE: readonly NetworkFault[] = [
  ...anywhere,
  (proxy) => proxy.strand(),
  (proxy) => proxy.halfClose(),
];

async function calm(proxy: TcpProxy): Promise<void> {
  proxy.blackhole(false);
  proxy.delay(0);
  proxy.dropAfter(Infinity);
  proxy.cutAnswerAfterRequests(Infinity);
  await proxy.refuse(false);
}
