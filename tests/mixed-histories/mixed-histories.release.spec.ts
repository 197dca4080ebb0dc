import { recordFigures } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accidentOfOneProcess } from './accidents.fixture.ts';
import { expectNothingBroken, foundAfter } from './mixed-histories.fixture.ts';
import { IN_ONE_PROCESS } from './mutations.fixture.ts';
import { openOneProcessStage } from './one-process.fixture.ts';
import type { OneProcessStage } from './one-process.fixture.ts';

let stage: OneProcessStage;
beforeAll(async () => {
  stage = await openOneProcessStage();
});
afterAll(() => stage.remove());

const many = { histories: 50, accident: accidentOfOneProcess };

it('finds each planted defect of one process within 500 histories', async () => {
  const found: Record<string, number> = {};
  for (const [defect, mutation] of Object.entries(IN_ONE_PROCESS)) {
    const first = await foundAfter(stage, mutation, { ...many, systems: 10, firstSeed: 900_000 });
    expect.soft(first, defect).toBeDefined();
    found[`${defect}: found after histories`] = first?.histories ?? NaN;
  }
  recordFigures('planted defects', found);
});

it('loses nothing, repeats nothing and hides nothing in 6,000 histories of one process', async () => {
  await expectNothingBroken(stage, { ...many, systems: 120, firstSeed: 1 });
});
