/** A partition of the numbers from 0, whose parts are joined. */
export class DisjointSets {
  readonly #parents: number[] = [];

  /** Adds the next number as a part of its own. */
  add(): number {
    this.#parents.push(this.#parents.length);
    return this.#parents.length - 1;
  }

  /** The smallest number of the part. */
  rootOf(number: number): number {
    let root = number;
    while (this.#parents[root]! !== root) {
      this.#parents[root] = this.#parents[this.#parents[root]!]!;
      root = this.#parents[root]!;
    }
    return root;
  }

  join(one: number, other: number): void {
    const [left, right] = [this.rootOf(one), this.rootOf(other)];
    this.#parents[Math.max(left, right)] = Math.min(left, right);
  }
}
