import { Fault } from '@tributary/kernel';

/** Throws Fault `not_finite` where a number is NaN or infinite: no statistic and no score may come out of it. */
export function requireFinite(what: string, values: readonly number[]): void {
  for (const value of values)
    if (!Number.isFinite(value)) throw new Fault('not_finite', `${what} of ${value}`);
}
