import { expect, it } from 'vitest';
import { refuseMixtures } from './refuse-mixtures.ts';

const SLICES = ['web', 'code'];
const mixture = (shares: Record<string, number>, key = 'k') => ({
  key,
  shares: Object.entries(shares).map(([slice, share]) => ({ slice, share })),
});

it('accepts mixtures of known slices, whole or in part', () => {
  expect(refuseMixtures([mixture({ web: 0.5, code: 0.5 }), mixture({ code: 1 })], SLICES)).toBeUndefined();
  expect(refuseMixtures([mixture({ web: 0, code: 3 })], SLICES)).toBeUndefined();
  expect(refuseMixtures([], SLICES)).toBeUndefined();
});

it('refuses an unknown slice and lists the known ones', () => {
  expect(refuseMixtures([mixture({ web: 1 }), mixture({ books: 1 }, 'b')], SLICES)).toEqual({
    refusal: 'unknown_slice',
    text: 'Mixture b: no slice books; there are web, code.',
  });
});

it.each([-0.1, NaN, Infinity, -Infinity])('refuses a share of %d', (share) => {
  expect(refuseMixtures([mixture({ web: 1, code: share })], SLICES)).toMatchObject({
    refusal: 'negative_share',
    text: expect.stringContaining('the share of code'),
  });
});

it.each([{}, { web: 0, code: 0 }])('refuses a mixture without any share: %j', (shares) => {
  expect(refuseMixtures([mixture(shares)], SLICES)).toMatchObject({ refusal: 'empty_mixture' });
});
