import { studentQuantile } from './student-t.ts';

/** Degrees of freedom from which Student's t is taken to be normal. */
const NORMAL_FROM = 1e6;

/**
 * Two-sided critical values of Student's t at a level, for degrees of freedom of one or more. Between whole numbers the
 * logarithm is interpolated in 1 / degrees, within 0.5 % from two degrees on.
 */
export function criticalValues(level: number): (degreesOfFreedom: number) => number {
  const known = new Map<number, number>();
  const at = (whole: number): number => {
    const found = known.get(whole) ?? studentQuantile(0.5 + level / 2, whole);
    known.set(whole, found);
    return found;
  };
  return (degreesOfFreedom) => {
    if (degreesOfFreedom >= NORMAL_FROM) return at(NORMAL_FROM);
    const below = Math.max(1, Math.floor(degreesOfFreedom));
    if (degreesOfFreedom <= below) return at(below);
    const above = below + 1;
    const part = (1 / degreesOfFreedom - 1 / below) / (1 / above - 1 / below);
    return at(below) ** (1 - part) * at(above) ** part;
  };
}
