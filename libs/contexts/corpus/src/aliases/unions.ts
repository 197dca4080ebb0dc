/** Sets of addresses that are joined with each other (union by size, with halved paths). */
export class Unions {
  readonly #parents = new Map<string, string>();
  readonly #sizes = new Map<string, number>();
  /** Addresses that stand for sets that are not known whole. */
  readonly #partial = new Set<string>();

  join(one: string, other: string): void {
    const [left, right] = [this.root(one), this.root(other)];
    if (left === right) return;
    const [large, small] = this.size(left) >= this.size(right) ? [left, right] : [right, left];
    this.#sizes.set(large, this.size(left) + this.size(right));
    this.#parents.set(small, large);
    if (this.#partial.has(small)) this.#partial.add(large);
  }

  /** Says that the set of an address has more addresses, which are not known. */
  setPartial(address: string): void {
    this.#partial.add(this.root(address));
  }

  isPartial(address: string): boolean {
    return this.#partial.has(this.root(address));
  }

  /** The address that stands for the set. Which one it is has no meaning. */
  root(address: string): string {
    let here = address;
    for (let parent = this.#parents.get(here); parent !== undefined; parent = this.#parents.get(here)) {
      this.#parents.set(here, this.#parents.get(parent) ?? parent);
      here = parent;
    }
    return here;
  }

  /** How many addresses the set of an address has. */
  size(address: string): number {
    return this.#sizes.get(this.root(address)) ?? 1;
  }
}
