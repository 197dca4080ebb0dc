import { describe, expect, it } from 'vitest';
import { random } from './random.ts';

describe('the random stream', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    const first = (seed: number) => {
      const generator = random(seed);
      return Array.from({ length: 5 }, () => generator.uniform());
    };
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it('has uniform and normal moments over a thousand draws', () => {
    const generator = random(9);
    const draws = Array.from({ length: 10_000 }, () => ({
      flat: generator.uniform(),
      bell: generator.normal(),
    }));
    expect(draws.reduce((sum, { flat }) => sum + flat, 0) / 1e4).toBeCloseTo(0.5, 1);
    expect(draws.reduce((sum, { bell }) => sum + bell * bell, 0) / 1e4).toBeCloseTo(1, 1);
  });
});
