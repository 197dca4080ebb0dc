import { expect, it } from 'vitest';
import { inflationRatioOf } from './inflation-ratio.ts';

it('is 500 unless the environment says otherwise, and a whole number', async () => {
  expect(await inflationRatioOf({ environment: {} })).toBe(500);
  const set = (value: string) =>
    inflationRatioOf({ environment: { TRIBUTARY_IMPORT_INFLATION_RATIO: value } });
  expect(await set('2000')).toBe(2_000);
  for (const value of ['0', '1.5', 'many'])
    await expect(set(value)).rejects.toThrow('TRIBUTARY_IMPORT_INFLATION_RATIO');
});
