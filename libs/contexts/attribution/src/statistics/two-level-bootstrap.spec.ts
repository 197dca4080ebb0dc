import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { twoLevelBootstrap } from './two-level-bootstrap.ts';

const ids = Array.from({ length: 200 }, (_, index) => `item-${index}`);
const hard = ids.map((_, index) => index / ids.length);

/** A run that adds `lift` to items of very unequal difficulty. */
const aRun = (lift: number) => ({ ids, values: hard.map((value) => value + lift) });

describe('the two-level bootstrap', () => {
  it('pairs items, so that their difficulty cancels between the arms', () => {
    const found = twoLevelBootstrap([aRun(0.11), aRun(0.09)], [aRun(0.01), aRun(-0.01)], random(1))!;
    expect(found.effect).toBeCloseTo(0.1, 10);
    expect(found.interval.low).toBeGreaterThan(0.07);
    expect(found.interval.high).toBeLessThan(0.13);
  });

  it('matches items by id in any order', () => {
    const turned = (lift: number) => ({ ids: ids.toReversed(), values: aRun(lift).values.toReversed() });
    const straight = twoLevelBootstrap([aRun(0.1), aRun(0.2)], [aRun(0), aRun(0.1)], random(1));
    expect(twoLevelBootstrap([aRun(0.1), turned(0.2)], [turned(0), aRun(0.1)], random(1))).toEqual(straight);
  });

  it('gives one interval for one seed', () => {
    const once = (seed: number) =>
      twoLevelBootstrap([aRun(0.1), aRun(0.2)], [aRun(0), aRun(0.1)], random(seed));
    expect(once(3)).toEqual(once(3));
    expect(once(3)).not.toEqual(once(4));
  });

  it('is undefined without a shared item', () => {
    expect(
      twoLevelBootstrap([{ ids: ['a'], values: [1] }], [{ ids: ['b'], values: [1] }], random(1)),
    ).toBeUndefined();
  });
});
