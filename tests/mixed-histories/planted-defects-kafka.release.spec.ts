import { recordFigures } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { onBroker, SYSTEM_ON_KAFKA } from './kafka-histories.suite.ts';
import { foundAfter } from './mixed-histories.fixture.ts';
import { ON_KAFKA } from './mutations.fixture.ts';

onBroker((stage) => {
  it('find each planted defect within 500 of them', async () => {
    const found: Record<string, number> = {};
    for (const [defect, mutation] of Object.entries(ON_KAFKA)) {
      const plan = { ...SYSTEM_ON_KAFKA, systems: 5, firstSeed: 900_000 };
      const first = await foundAfter(stage(), mutation, plan);
      console.log(`${defect}: ${first?.violation ?? 'not found'}`);
      expect.soft(first, defect).toBeDefined();
      found[`${defect}: found after histories`] = first?.histories ?? NaN;
    }
    recordFigures('planted defects', found);
  });
});
