import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import { afterAll, beforeAll, describe } from 'vitest';
import { accidentOnKafka } from './accidents.fixture.ts';
import { openKafkaStage } from './on-kafka.fixture.ts';
import type { KafkaStage } from './on-kafka.fixture.ts';

/** What a system on a broker is made of. */
export const SYSTEM_ON_KAFKA = {
  histories: 100,
  accident: accidentOnKafka,
  accidents: 0.6,
  otherProducers: 0.05,
};

/** Declares tests of a file that share a stage. Files run side by side: an engine has one process, and a system uses one core. */
export function onBroker(declare: (stage: () => KafkaStage) => void): void {
  const missing = brokerUnavailable();
  describe.skipIf(missing)(`histories on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
    let stage: KafkaStage;
    beforeAll(async () => {
      const { bootstrap } = await sharedBroker();
      stage = await openKafkaStage(bootstrap);
    });
    afterAll(() => stage.remove());
    declare(() => stage);
  });
}
