/** z(0.975) + z(0.8): two-sided 5 % test with 80 % power. */
const POWER_FACTOR = 2.8;

export type Noise = {
  readonly seedSd: number;
  readonly seeds: number;
  readonly accuracy?: number;
  readonly items?: number;
};

/** Two arms with `seeds` each; `accuracy` on `items` questions adds the sampling noise of the benchmark. */
export function minimumDetectableEffect({ seedSd, seeds, accuracy, items }: Noise): number {
  const sampling = accuracy === undefined || items === undefined ? 0 : (accuracy * (1 - accuracy)) / items;
  return detectable(Math.sqrt((2 * (seedSd ** 2 + sampling)) / seeds));
}

/** The smallest effect seen 80 % of the time, from the standard error of its estimate. */
export const detectable = (standardError: number) => POWER_FACTOR * standardError;
