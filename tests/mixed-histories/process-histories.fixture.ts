import { afterAll, beforeAll } from 'vitest';
import { accidentOfOneProcess } from './accidents.fixture.ts';
import { openOneProcessStage } from './one-process.fixture.ts';
import type { OneProcessStage } from './one-process.fixture.ts';

/** What a system of one process is made of. */
export const SYSTEM_OF_ONE_PROCESS = { histories: 50, accident: accidentOfOneProcess };

/** The stage that the tests of a file share. Files run side by side: an engine has one process, and a system uses one core. */
export function oneProcessStage(): () => OneProcessStage {
  let stage: OneProcessStage;
  beforeAll(async () => {
    stage = await openOneProcessStage();
  });
  afterAll(() => stage.remove());
  return () => stage;
}
