import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Arena } from './arena.suite.ts';
import { recordsIn } from './carried.suite.ts';
import { figures } from './figures.suite.ts';
import { answersText, startProducers } from './producers.suite.ts';
import { randomFrom } from './random.suite.ts';
import { expectStored } from './stored.suite.ts';

export type BrokerDeaths = {
  readonly deaths: number;
  readonly seed: number;
  /** Milliseconds of work between two deaths, about. */
  readonly between: number;
  readonly producers: number;
};

/** The broker dies and comes back while facts come in over HTTP; who gets no answer sends the same ids again. */
export async function brokerDeaths(arena: Arena, options: BrokerDeaths): Promise<void> {
  const random = randomFrom(options.seed);
  const stage = await arena.stage('deaths', { session: 6_000 });
  const ingest = await stage.start('ingest');
  const projector = await stage.start('projector');
  await ingest.becomes('ready');
  await projector.becomes('ready');
  const producers = startProducers({
    url: () => ingest.url,
    random,
    count: options.producers,
    batch: 20,
    patience: 2_500,
    rest: 20,
    givingUp: 0.1,
  });
  const began = performance.now();
  for (let death = 0; death < options.deaths; death += 1) {
    await pause(options.between * (0.5 + random()));
    await arena.broker.kill();
    await pause(random() * 1_000);
    await arena.broker.restart();
  }
  await pause(options.between);
  const seen = await producers.stop();
  const seconds = (performance.now() - began) / 1000;
  const stored = await expectStored(stage, seen);
  figures('deaths of the broker', {
    deaths: options.deaths,
    acknowledged: seen.acknowledged.size,
    'events/s': Math.round(seen.acknowledged.size / seconds),
    retries: seen.retries,
    answers: answersText(seen.answers),
    'given up': seen.unknown.size,
    'of them stored': stored.unknownStored,
    'records written twice': (await recordsIn(stage.topic)) - stored.ids,
    'slowest request ms': Math.round(seen.slowest),
  });
  expect(seen.retries).toBeGreaterThan(0);
  await stage.stop();
}
