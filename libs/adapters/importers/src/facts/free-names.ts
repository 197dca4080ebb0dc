/** Names that are given once each. A name that is taken gets a number, counted on for each name and not anew each time. */
export class FreeNames {
  readonly #separator: string;
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();

  /** `separator` stands before the number. */
  constructor(separator: string) {
    this.#separator = separator;
  }

  /** The first of the names that is free; if none is, the preferred one with the smallest number that is free. */
  take(preferred: string, others: readonly string[] = []): string {
    const free = [preferred, ...others].find((name) => !this.#taken.has(name)) ?? this.#numbered(preferred);
    this.#taken.add(free);
    return free;
  }

  #numbered(name: string): string {
    const start = `${name}${this.#separator}`;
    let number = this.#next.get(name) ?? 2;
    while (this.#taken.has(`${start}${number}`)) number += 1;
    this.#next.set(name, number + 1);
    return `${start}${number}`;
  }
}
