import { Fault } from '@tributary/kernel';

/** Throws Fault `not_finite` where there is no value, or where one is NaN or infinite: no number may come out of it. */
export function requireFinite(what: string, values: ArrayLike<number>): void {
  if (values.length === 0) throw new Fault('not_finite', `${what} of no values`);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!Number.isFinite(value)) throw new Fault('not_finite', `${what} of ${value}`);
  }
}

/** Throws Fault `not_finite` where a value is NaN; a statistic may be infinite where nothing varies. */
export function requireNumbers(what: string, values: readonly number[] | Float64Array): void {
  if (values.some((value) => Number.isNaN(value)))
    throw new Fault('not_finite', `${what} of ${values.join(', ')}`);
}
