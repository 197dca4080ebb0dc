import { afterAll, beforeAll, expect, it } from 'vitest';
import { accidentOfOneProcess } from './mixed-histories/accidents.fixture.ts';
import { expectNothingBroken, foundAfter } from './mixed-histories/mixed-histories.fixture.ts';
import { IN_ONE_PROCESS } from './mixed-histories/mutations.fixture.ts';
import { openOneProcessStage } from './mixed-histories/one-process.fixture.ts';
import type { OneProcessStage } from './mixed-histories/one-process.fixture.ts';

let stage: OneProcessStage;
beforeAll(async () => {
  stage = await openOneProcessStage();
});
afterAll(() => stage.remove());

const few = { histories: 10, accident: accidentOfOneProcess };

it('loses nothing, repeats nothing and hides nothing in a few histories with kills, frozen inserts and full disks', async () => {
  await expectNothingBroken(stage, { ...few, systems: 1, firstSeed: 1 });
});

it('finds an answer that ignores the lag', async () => {
  const mutation = IN_ONE_PROCESS['an answer that ignores the lag'] ?? {};
  expect(await foundAfter(stage, mutation, { ...few, systems: 3, firstSeed: 900_000 })).toBeDefined();
});
