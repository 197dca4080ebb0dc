import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { seedsAndItems } from './seeds-and-items.ts';
import { shareCovered } from './simulated-coverage.fixture.ts';

const ids = Array.from({ length: 200 }, (_, index) => `item-${index}`);
const hard = ids.map((_, index) => index / ids.length);

/** A run that adds `lift` to items of very unequal difficulty. */
const aRun = (lift: number) => ({ ids, values: hard.map((value) => value + lift) });

describe('the interval over seeds and items', () => {
  it('pairs items, so that their difficulty cancels between the arms', () => {
    const found = seedsAndItems([aRun(0.11), aRun(0.09), aRun(0.1)], [aRun(0.01), aRun(-0.01), aRun(0)])!;
    expect(found.effect).toBeCloseTo(0.1, 10);
    expect(found.interval.low).toBeGreaterThan(0.07);
    expect(found.interval.high).toBeLessThan(0.13);
  });

  it('matches items by id in any order', () => {
    const turned = (lift: number) => ({ ids: ids.toReversed(), values: aRun(lift).values.toReversed() });
    const straight = seedsAndItems([aRun(0.1), aRun(0.2)], [aRun(0), aRun(0.1)]);
    expect(seedsAndItems([aRun(0.1), turned(0.2)], [turned(0), aRun(0.1)])).toEqual(straight);
  });

  it('is undefined with fewer than two shared items or two seeds in an arm', () => {
    const [one, other] = [
      { ids: ['a', 'c'], values: [1, 2] },
      { ids: ['b', 'c'], values: [1, 2] },
    ];
    expect(seedsAndItems([one, one], [other, other])).toBeUndefined();
    expect(seedsAndItems([aRun(0)], [aRun(1), aRun(2)])).toBeUndefined();
  });

  it.each([3, 5, 8])('covers new seeds and items with %i seeds, paired by seed or not', (seeds) => {
    const settings = { seeds, repetitions: 400 };
    const covered = [false, true].map((isPaired) =>
      shareCovered({ ...settings, isPaired, generator: random(seeds) }),
    );
    for (const share of covered) expect(Math.abs(share - 0.95)).toBeLessThan(0.03);
  });
});
