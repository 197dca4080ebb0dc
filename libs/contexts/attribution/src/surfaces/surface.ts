/** Observations of one outcome. Row i is one run; its shares are in the order of `components` and sum to one. */
export type Observations = {
  readonly components: readonly string[];
  /** Mixture of each run. */
  readonly mixtures: readonly string[];
  readonly shares: readonly Float64Array[];
  readonly values: Float64Array;
};

/** Sorted mixture names, and the index of its mixture for every row. */
export function clusters({ mixtures }: Observations): {
  readonly names: readonly string[];
  readonly of: Int32Array;
} {
  const names = [...new Set(mixtures)].toSorted();
  const indexOf = new Map(names.map((name, index) => [name, index]));
  return { names, of: Int32Array.from(mixtures, (name) => indexOf.get(name)!) };
}
