import { it } from 'vitest';
import { expectNothingBroken } from './mixed-histories.fixture.ts';
import { oneProcessStage, SYSTEM_OF_ONE_PROCESS } from './process-histories.fixture.ts';

const stage = oneProcessStage();

it('loses nothing, repeats nothing and hides nothing in 3,000 histories of one process', async () => {
  await expectNothingBroken(stage(), { ...SYSTEM_OF_ONE_PROCESS, systems: 60, firstSeed: 1 });
});
