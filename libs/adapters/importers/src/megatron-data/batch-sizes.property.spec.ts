import { samplesAt, samplesBefore } from '@tributary/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchSizesOf, lastWholeStep, rampUpOf } from './batch-sizes.ts';
import type { RampUp } from './batch-sizes.ts';

/** The batch size of each step, decided one step after the other as a trainer does. */
function simulated({ start, increment, samples }: RampUp, full: number, steps: number): number[] {
  const perIncrement = samples / ((full - start) / increment);
  let consumed = 0;
  return Array.from({ length: steps }, () => {
    let size = full;
    if (consumed <= samples) size = start + Math.trunc(consumed / perIncrement) * increment;
    consumed += size;
    return size;
  });
}

const ramps = fc
  .record({
    start: fc.integer({ min: 1, max: 64 }),
    increment: fc.integer({ min: 1, max: 64 }),
    increments: fc.integer({ min: 1, max: 20 }),
    samples: fc.integer({ min: 1, max: 20_000 }),
  })
  .map(({ increments, ...rampUp }) => ({ rampUp, full: rampUp.start + increments * rampUp.increment }));

describe('law: a batch size that grows', () => {
  it('is that of a simulation at every step', () => {
    fc.assert(
      fc.property(ramps, ({ rampUp, full }) => {
        const batches = batchSizesOf(full, rampUp);
        if (typeof batches === 'string') throw new Error(batches);
        const expected = simulated(rampUp, full, 1_000);
        expect(expected.map((_size, at) => samplesAt(batches, at + 1))).toEqual(expected);
        const sums = expected.map((_size, at) => expected.slice(0, at).reduce((sum, size) => sum + size, 0));
        expect(sums.map((_sum, at) => samplesBefore(batches, at + 1))).toEqual(sums);
      }),
      { numRuns: 200 },
    );
  });

  it('has as many whole steps as a simulation has samples for', () => {
    fc.assert(
      fc.property(ramps, fc.nat(30_000), ({ rampUp, full }, samples) => {
        const batches = batchSizesOf(full, rampUp);
        if (typeof batches === 'string') throw new Error(batches);
        let left = samples;
        let steps = 0;
        for (const size of simulated(rampUp, full, 30_001)) {
          if (size > left) break;
          left -= size;
          steps += 1;
        }
        expect(lastWholeStep(batches, samples)).toBe(steps);
      }),
      { numRuns: 50 },
    );
  });
});

describe('batchSizesOf', () => {
  it('has the sizes of a run that grows by 32 from 32 to 128', () => {
    expect(batchSizesOf(128, { start: 32, increment: 32, samples: 960 })).toEqual([
      { fromStep: 1, samples: 32 },
      { fromStep: 11, samples: 64 },
      { fromStep: 16, samples: 96 },
      { fromStep: 20, samples: 128 },
    ]);
  });

  it('refuses what Megatron refuses', () => {
    expect(batchSizesOf(100, { start: 32, increment: 32, samples: 960 })).toContain('does not grow to 100');
    expect(batchSizesOf(16, { start: 32, increment: 16, samples: 960 })).toContain('does not grow to 16');
    expect(batchSizesOf(32, { start: 32, increment: 16, samples: 960 })).toEqual([
      { fromStep: 1, samples: 32 },
    ]);
  });
});

describe('rampUpOf', () => {
  it('reads three whole numbers above zero', () => {
    expect(rampUpOf(['32', '16', '1000'])).toEqual({ start: 32, increment: 16, samples: 1000 });
    expect(rampUpOf([])).toBeUndefined();
    for (const values of [
      ['32'],
      ['32', '16', '$SAMPLES'],
      ['32', '16', '0'],
      ['1', '2', '3', '4'],
      ['1.5', '2', '3'],
    ])
      expect(rampUpOf(values)).toContain(values.join(' '));
  });
});
