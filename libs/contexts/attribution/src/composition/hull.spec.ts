import { describe, expect, it } from 'vitest';
import { hullDistance } from './hull.ts';

describe('the distance to the hull', () => {
  const corners = [Float64Array.of(1, 0, 0), Float64Array.of(0, 1, 0), Float64Array.of(0.2, 0.2, 0.6)];

  it('is zero for a convex combination of the mixtures', () => {
    expect(hullDistance(corners, Float64Array.of(0.4, 0.3, 0.3))).toBeLessThan(1e-6);
  });

  it('is the Euclidean distance to the nearest convex combination outside', () => {
    expect(hullDistance(corners, Float64Array.of(0.2, 0.2, 0.6))).toBeLessThan(1e-6);
    expect(hullDistance([corners[0]!, corners[1]!], Float64Array.of(0.25, 0.25, 0.5))).toBeCloseTo(
      Math.sqrt(0.375),
      2,
    );
  });
});
