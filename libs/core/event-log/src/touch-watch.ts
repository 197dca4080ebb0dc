/** After so long without a touch, whoever has to touch a file counts as dead. */
export const SILENCE_MS = 5_000;

/**
 * Tells by looks at a file whether somebody touches it. Clocks may differ, so only a change counts, and a file counts as
 * touched when it is first seen.
 */
export class TouchWatch {
  readonly #seen = new Map<string, { readonly touched: number; readonly at: number }>();
  readonly #touched = new Set<string>();
  readonly #millis: () => number;

  /** `millis` is a clock that only goes forward. */
  constructor(millis: () => number) {
    this.#millis = millis;
  }

  /** Whether the file of a name was touched between two looks at it. */
  wasTouched(name: string): boolean {
    return this.#touched.has(name);
  }

  /** Whether the file of a name, which was touched last at `touched`, has been for five seconds of looking. */
  isTouched(name: string, touched: number | undefined): boolean {
    const seen = this.#seen.get(name);
    if (touched === undefined) return false;
    if (seen?.touched === touched) return this.#millis() - seen.at < SILENCE_MS;
    if (seen !== undefined) this.#touched.add(name);
    this.#seen.set(name, { touched, at: this.#millis() });
    return true;
  }
}
