import { requireFinite } from './require-finite.ts';

/** Mean and population standard deviation of numbers as they come (Welford 1962). Fault `not_finite` for one that is none. */
export class Moments {
  count = 0;
  mean = 0;
  #squares = 0;

  add(value: number): void {
    requireFinite('the mean', [value]);
    this.count += 1;
    const before = value - this.mean;
    this.mean += before / this.count;
    this.#squares += before * (value - this.mean);
  }

  get sd(): number {
    return this.count === 0 ? 0 : Math.sqrt(this.#squares / this.count);
  }
}
