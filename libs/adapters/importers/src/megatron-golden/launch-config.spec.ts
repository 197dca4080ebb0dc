import { expect, it } from 'vitest';
import { launchConfig } from './launch-config.ts';

it('takes no more than linear work for many arguments, and keeps the last of equal ones', () => {
  const names = Array.from({ length: 150_000 }, (_none, at) => `  --a${at}: ${at}\n`);
  const config = launchConfig(`MODEL_ARGS:\n${names.join('')}  --a7: last\n`)?.config;
  expect([config?.['a7'], config?.['a149999']]).toEqual(['last', 149_999]);
});
