import { expect, it } from 'vitest';
import { onlyMatch } from './find-by-prefix.ts';

const known = ['regmix-1m', 'regmix-1m-b', 'lab'].map((id) => ({ id, slices: [] }));

it('prefers an exact id, and accepts an unambiguous prefix', () => {
  expect(onlyMatch(known, 'regmix-1m').id).toBe('regmix-1m');
  expect(onlyMatch(known, 'l').id).toBe('lab');
});

it('names the candidates of an ambiguous prefix, and all experiments for an unknown one', () => {
  expect(() => onlyMatch(known, 'reg')).toThrow(
    'several experiments start with reg; there are: regmix-1m, regmix-1m-b.',
  );
  expect(() => onlyMatch(known, 'x')).toThrow(
    'there is no experiment x; there are: regmix-1m, regmix-1m-b, lab.',
  );
  expect(() => onlyMatch([], 'x')).toThrow('import one first');
});
