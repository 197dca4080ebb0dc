import { expect, it } from 'vitest';
import { readinessCodes } from './readiness-codes.ts';

const condition = (code: string) => ({ code, detail: 'd' });

it('has the codes of conditions and of warnings', async () => {
  const met = () => Promise.resolve([condition('disk_low')]);
  expect(await readinessCodes(met, [condition('clock_behind')])).toEqual(['disk_low', 'clock_behind']);
  expect(await readinessCodes(() => Promise.resolve([]))).toEqual([]);
});

it('says that conditions are not known where what they ask hangs', async () => {
  const hangs = () => new Promise<never>(() => undefined);
  expect(await readinessCodes(hangs, [condition('clock_behind')], 1)).toEqual([
    'readiness_overdue',
    'clock_behind',
  ]);
});
