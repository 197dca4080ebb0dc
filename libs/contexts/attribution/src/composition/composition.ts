import { valueIn } from '@tributary/kernel';
/** Shares of a token budget by slice path (`code`, `math/structured`). */
export type Composition = Readonly<Record<string, number>>;

export const domainOf = (slice: string) => slice.split('/', 1)[0] ?? slice;

export const isWithin = (leaf: string, slice: string) => leaf === slice || leaf.startsWith(`${slice}/`);

const total = (composition: Composition) => Object.values(composition).reduce((sum, share) => sum + share, 0);

/** The composition rescaled to sum to one, slices sorted. */
export function close(composition: Composition): Composition {
  const sum = total(composition);
  const slices = Object.keys(composition).toSorted();
  return Object.fromEntries(slices.map((slice) => [slice, valueIn(composition, slice)! / sum]));
}

/** Share of the slice with everything below it. */
export function shareOf(composition: Composition, slice: string): number {
  const leaves = Object.keys(composition).filter((leaf) => isWithin(leaf, slice));
  return leaves.reduce((sum, leaf) => sum + valueIn(composition, leaf)!, 0);
}

/** All leaves and their parents, sorted: the slices that a question may name. */
export function knownSlices(compositions: readonly Composition[]): string[] {
  const known = new Set<string>();
  for (const leaf of compositions.flatMap((composition) => Object.keys(composition))) {
    const parts = leaf.split('/');
    for (let length = 1; length <= parts.length; length++) known.add(parts.slice(0, length).join('/'));
  }
  return [...known].toSorted();
}

/** Mean share of each slice; a slice that a composition lacks counts as zero. */
export function meanComposition(compositions: readonly Composition[]): Composition {
  const leaves = [...new Set(compositions.flatMap((composition) => Object.keys(composition)))].toSorted();
  return Object.fromEntries(
    leaves.map((leaf) => [
      leaf,
      compositions.reduce((sum, composition) => sum + (valueIn(composition, leaf) ?? 0), 0) /
        compositions.length,
    ]),
  );
}

/** The shares in the order of `components`; zero for an absent slice. */
export const sharesIn = (components: readonly string[], composition: Composition) =>
  Float64Array.from(components, (leaf) => valueIn(composition, leaf) ?? 0);
