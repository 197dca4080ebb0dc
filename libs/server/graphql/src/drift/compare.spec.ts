import type { PhaseInForce } from '@tributary/mixture';
import { expect, it } from 'vitest';
import { compared } from './compare.ts';

const phase = (weights: readonly (readonly [string, number])[]): PhaseInForce =>
  ({ unit: 'token_share', weights }) as unknown as PhaseInForce;
const amount = (slice: string, whole: bigint, unit = 'token') =>
  ({ slice, unit, whole }) as unknown as Parameters<typeof compared>[0][number];

it('gives each row its share of the total of its unit', () => {
  const amounts = [amount('a', 1n), amount('b', 3n), amount('a', 10n, 'byte')];
  const { rows } = compared(amounts, undefined, 'slice');
  expect(rows.map(({ slice, unit, realised }) => [slice, unit, realised])).toEqual(
    expect.arrayContaining([
      ['a', 'token', 0.25],
      ['b', 'token', 0.75],
      ['a', 'byte', 1],
    ]),
  );
});

it('says that what was consumed of a slice does not tell which of its planned parts', () => {
  const { reason } = compared([amount('math', 5n)], phase([['math/plain', 1]]), 'slice');
  expect(reason).toContain('what was consumed of math does not say');
  expect(compared([amount('mat', 5n)], phase([['math/plain', 1]]), 'slice').reason ?? '').not.toContain(
    'of mat ',
  );
});

it('takes no more than linear work for a window of many slices and a plan of many', () => {
  const names = Array.from({ length: 60_000 }, (_, at) => `d${at}/s`);
  const amounts = names.map((name, at) => amount(`${name}/x${at}`, 1n));
  expect(compared(amounts, phase(names.map((name) => [name, 1])), 'slice').rows.length).toBeGreaterThan(0);
});
