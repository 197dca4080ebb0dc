import { afterAll, beforeAll, it } from 'vitest';
import { accidentOfOneProcess } from './mixed-histories/accidents.fixture.ts';
import { expectNothingBroken } from './mixed-histories/mixed-histories.fixture.ts';
import { openOneProcessStage } from './mixed-histories/one-process.fixture.ts';
import type { OneProcessStage } from './mixed-histories/one-process.fixture.ts';

let stage: OneProcessStage;
beforeAll(async () => {
  stage = await openOneProcessStage();
});
afterAll(() => stage.remove());

/* Planted defects are looked for in the release parts of mixed histories. */
it('loses nothing, repeats nothing and hides nothing in a few histories with kills, frozen inserts and full disks', async () => {
  const few = { histories: 10, accident: accidentOfOneProcess };
  await expectNothingBroken(stage, { ...few, systems: 1, firstSeed: 1 });
});
