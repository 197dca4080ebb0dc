import { expect, it } from 'vitest';
import { codesOf, factsOf, sample } from '../import.fixture.ts';
import { importers, recognise } from '../index.ts';
import { tokensOf } from './planned-run.ts';

it('makes one plan of each whole configuration of the samples, and no fact of the counter-examples', async () => {
  const found = await recognise(importers, await sample('run-configs'));
  expect([found.unrecognised, found.ambiguous]).toEqual([['RECIPE.md'], []]);
  const read = await Promise.all(found.sources.map(({ importer, folder }) => importer.read(folder, {})));
  const plans = read.flatMap((one) => factsOf(one, 'training.run.planned'));
  const mixtures = read.flatMap((one) => factsOf(one, 'mixture.plan.decided'));
  expect(plans.toSorted((one, other) => (one.runId < other.runId ? -1 : 1))).toMatchObject([
    { name: 'gpt-neox', seeds: { init: 7, dataOrder: 7 }, tokenBudget: 8_192_000 },
    { name: 'tiny-lingua', seeds: { init: 42, dataOrder: 9 }, tokenBudget: 8_192_000 },
    { name: 'tiny-nanotron', seeds: { init: 8, dataOrder: 6 }, tokenBudget: 8_192_000 },
    { name: 'tiny-nemo', seeds: { init: 1234, dataOrder: 1234 }, tokenBudget: 8_192_000 },
  ]);
  expect(new Set(plans.map(({ mixtureId }) => mixtureId))).toEqual(
    new Set(mixtures.map(({ mixtureId }) => mixtureId)),
  );
  expect(read.flatMap(({ events }) => events)).toHaveLength(8);
  expect(read.flatMap(({ rejected }) => rejected)).toEqual([]);
  const left = read.flatMap(codesOf).filter((code) => /^(template_left_out|data_absent)$/.test(code));
  expect(left.toSorted()).toEqual(['data_absent', 'template_left_out', 'template_left_out']);
});

it.each([
  [[1000, 64, 128], 8_192_000],
  [[], 1],
  [[1000, undefined, 128], 'no'],
  [[Number.MAX_SAFE_INTEGER, 2], 'no'],
  [[Number.NaN], 'no'],
])('has the product of %j as tokens, or a reason', (factors, tokens) => {
  expect(tokensOf(factors, 'no')).toBe(tokens);
});
