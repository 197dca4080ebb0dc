import { it } from 'vitest';
import { onBroker, SYSTEM_ON_KAFKA } from './kafka-histories.suite.ts';
import { expectNothingBroken } from './mixed-histories.fixture.ts';

onBroker((stage) => {
  it('lose nothing, repeat nothing and hide nothing: 2,000 of them', async () => {
    await expectNothingBroken(stage(), { ...SYSTEM_ON_KAFKA, systems: 20, firstSeed: 1 });
  });
});
