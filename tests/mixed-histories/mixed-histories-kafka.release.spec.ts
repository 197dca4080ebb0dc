import { recordFigures } from '@tributary/fixtures';
import { brokerUnavailable, startBroker } from '@tributary/test-servers';
import type { Broker } from '@tributary/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accidentOnKafka } from './accidents.fixture.ts';
import { expectNothingBroken, foundAfter } from './mixed-histories.fixture.ts';
import { ON_KAFKA } from './mutations.fixture.ts';
import { openKafkaStage } from './on-kafka.fixture.ts';
import type { KafkaStage } from './on-kafka.fixture.ts';

const missing = brokerUnavailable();
const many = { histories: 100, accident: accidentOnKafka, accidents: 0.6, otherProducers: 0.05 };

describe.skipIf(missing)(`histories on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  let broker: Broker;
  let stage: KafkaStage;
  beforeAll(async () => {
    broker = await startBroker();
    stage = await openKafkaStage(broker.bootstrap);
  });
  afterAll(async () => {
    await stage.remove();
    await broker.stop();
  });

  it('find each planted defect within 500 of them', async () => {
    const found: Record<string, number> = {};
    for (const [defect, mutation] of Object.entries(ON_KAFKA)) {
      const first = await foundAfter(stage, mutation, { ...many, systems: 5, firstSeed: 900_000 });
      expect.soft(first, defect).toBeDefined();
      found[`${defect}: found after histories`] = first?.histories ?? NaN;
    }
    recordFigures('planted defects', found);
  });

  it('lose nothing, repeat nothing and hide nothing: 4,000 of them', async () => {
    await expectNothingBroken(stage, { ...many, systems: 40, firstSeed: 1 });
  });
});
