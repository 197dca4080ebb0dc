import { recordFigures } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { foundAfter } from './mixed-histories.fixture.ts';
import { IN_ONE_PROCESS } from './mutations.fixture.ts';
import { oneProcessStage, SYSTEM_OF_ONE_PROCESS } from './process-histories.fixture.ts';

const stage = oneProcessStage();

it('finds each planted defect of one process within 500 histories', async () => {
  const found: Record<string, number> = {};
  for (const [defect, mutation] of Object.entries(IN_ONE_PROCESS)) {
    const plan = { ...SYSTEM_OF_ONE_PROCESS, systems: 10, firstSeed: 900_000 };
    const first = await foundAfter(stage(), mutation, plan);
    console.log(`${defect}: ${first?.violation ?? 'not found'}`);
    expect.soft(first, defect).toBeDefined();
    found[`${defect}: found after histories`] = first?.histories ?? NaN;
  }
  recordFigures('planted defects', found);
});
