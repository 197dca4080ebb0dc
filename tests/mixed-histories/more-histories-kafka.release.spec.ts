import { it } from 'vitest';
import { lostBlock } from './accidents.fixture.ts';
import { onBroker, SYSTEM_ON_KAFKA } from './kafka-histories.suite.ts';
import { expectNothingBroken } from './mixed-histories.fixture.ts';

onBroker((stage) => {
  it('lose nothing, repeat nothing and hide nothing: another 2,000 of them', async () => {
    await expectNothingBroken(stage(), { ...SYSTEM_ON_KAFKA, systems: 20, firstSeed: 21 });
  });
  it('lose nothing, repeat nothing and hide nothing where an engine that is killed loses blocks: 200 of them', async () => {
    await expectNothingBroken(stage(), {
      ...SYSTEM_ON_KAFKA,
      accident: lostBlock,
      systems: 2,
      firstSeed: 500,
    });
  });
});
