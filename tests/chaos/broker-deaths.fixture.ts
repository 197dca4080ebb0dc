import { randomFrom, recordFigures } from '@tributary/fixtures';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { TestCluster } from './test-cluster.fixture.ts';
import { recordsIn } from './group-progress.fixture.ts';
import { answersText, startProducers } from './producers.fixture.ts';
import { expectStored } from './stored-events.fixture.ts';

export type BrokerDeaths = {
  readonly deaths: number;
  readonly seed: number;
  /** Milliseconds of work between two deaths, on average. */
  readonly between: number;
  readonly producers: number;
};

/** The broker is killed and restarted while facts arrive over HTTP. A producer without an answer retries with the same ids. */
export async function brokerDeaths(cluster: TestCluster, options: BrokerDeaths): Promise<void> {
  const random = randomFrom(options.seed);
  const stage = await cluster.stage('deaths', { session: 6_000 });
  const ingest = await stage.start('ingest');
  const projector = await stage.start('projector');
  await ingest.becomes('ready');
  await projector.becomes('ready');
  const producers = startProducers({
    url: () => ingest.url,
    random,
    count: options.producers,
    batch: 20,
    timeout: 2_500,
    pauseMillis: 20,
    abandonShare: 0.1,
  });
  const began = performance.now();
  for (let death = 0; death < options.deaths; death += 1) {
    await pause(options.between * (0.5 + random()));
    await cluster.broker.kill();
    await pause(random() * 1_000);
    await cluster.broker.restart();
  }
  await pause(options.between);
  const outcome = await producers.stop();
  const seconds = (performance.now() - began) / 1000;
  const stored = await expectStored(stage, outcome);
  recordFigures('deaths of the broker', {
    deaths: options.deaths,
    acknowledged: outcome.acknowledged.size,
    'events/s': Math.round(outcome.acknowledged.size / seconds),
    retries: outcome.retries,
    answers: answersText(outcome.answers),
    'given up': outcome.unknown.size,
    'of them stored': stored.unknownStored,
    'records written twice': (await recordsIn(stage.topic)) - stored.ids,
    'slowest request ms': Math.round(outcome.slowest),
  });
  expect(outcome.retries).toBeGreaterThan(0);
  await stage.stop();
}
