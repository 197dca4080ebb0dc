import { groupBy, valueIn } from '@tributary/kernel';
import { SHARE_TOLERANCE } from '../ablation/arm-pair.ts';
import type { Composition } from '../composition/composition.ts';

type Mixed = { readonly runId: string; readonly shares: Composition };

/** Largest spread of a share within one mixture: drawing some ten thousand sequences moves it by up to this. */
const SPREAD = 3 * SHARE_TOLERANCE;

/** Decimals to which shares are equal where mixtures lie so close that no gap separates them. */
const DECIMALS = 6;

const shareIn = ({ shares }: Mixed, slice: string) => valueIn(shares, slice) ?? 0;

/**
 * The runs by their realised mixture, in order of the least run id. Runs are apart where a gap of more than
 * `SHARE_TOLERANCE` in the share of some slice separates them. Agreement within a tolerance does not carry over from one
 * run to the next: where a chain of runs spreads wider than `SPREAD`, only equal shares are one mixture.
 */
export function byMixture<Member extends Mixed>(
  runs: readonly Member[],
  slices: readonly string[],
): Member[][] {
  const inOrder = runs.toSorted((left, right) => byText(left.runId, right.runId));
  const apart = separated(inOrder, slices).flatMap((part) =>
    isNarrow(part, slices) ? [part] : [...groupBy(part, (run) => exactly(run, slices)).values()],
  );
  return apart
    .map((part) => part.toSorted((left, right) => byText(left.runId, right.runId)))
    .toSorted((left, right) => byText(left[0]!.runId, right[0]!.runId));
}

const byText = (left: string, right: string) => Number(left > right) - Number(left < right);

const exactly = (run: Mixed, slices: readonly string[]) =>
  JSON.stringify(slices.map((slice) => shareIn(run, slice).toFixed(DECIMALS)));

/**
 * Cuts at every gap of every slice, until no gap is left. A cut takes no gap away, so their order does not matter:
 * all slices are swept in turn, since to begin again after each cut costs the cube of recipes with a slice each.
 */
function separated<Member extends Mixed>(runs: readonly Member[], slices: readonly string[]): Member[][] {
  let parts = [[...runs]];
  for (let before = 0; before < parts.length;) {
    before = parts.length;
    for (const slice of slices)
      parts = parts.flatMap((part) => (part.length > 1 ? cutAtGaps(part, slice) : [part]));
  }
  return parts;
}

function cutAtGaps<Member extends Mixed>(runs: readonly Member[], slice: string): Member[][] {
  const sorted = runs
    .map((run) => ({ run, share: shareIn(run, slice) }))
    .toSorted((left, right) => left.share - right.share);
  const parts: Member[][] = [];
  for (const [index, { run, share }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (!before || share - before.share > SHARE_TOLERANCE) parts.push([]);
    parts.at(-1)!.push(run);
  }
  // Uncut, the runs keep the order of their ids, in which they are sorted again without further comparisons.
  return parts.length === 1 ? [[...runs]] : parts;
}

function isNarrow(runs: readonly Mixed[], slices: readonly string[]): boolean {
  return slices.every((slice) => {
    const [low, high] = extremes(runs.map((run) => shareIn(run, slice)));
    return high - low <= SPREAD;
  });
}

const extremes = (values: readonly number[]): readonly [number, number] =>
  values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
