import { expect, it } from 'vitest';
import { optionsOf } from './command-line-options.ts';

const MANY = 300_000;

it('reads a quoted value of any number of words', () => {
  const script = `python pretrain.py --data-path "${'0.5 web '.repeat(MANY)}" --seed 7`;
  const [path, seed] = optionsOf(script);
  expect([path?.name, path?.values.length]).toEqual(['data-path', 2 * MANY]);
  expect([seed?.name, seed?.values]).toEqual(['seed', ['7']]);
});
