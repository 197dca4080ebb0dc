import { sharesOf, type SourceCounts } from './shares.ts';

const SIZE = 7;
const DOCUMENTS = 300;

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Shares from a Dirichlet distribution, by normal approximations of the logarithms: uneven, and never zero. */
const uneven = (random: () => number, spread: number): number[] => {
  const powers = Array.from({ length: SIZE }, () => Math.exp(spread * normal(random)));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
};

/** How the classifier labels documents of one source: rightly in 75 to 95 %, else by habits of the source. */
const rowOf = (trueClass: number, random: () => number): number[] => {
  const right = 0.75 + 0.2 * random();
  return uneven(random, 1).map((share, label) => (1 - right) * share + (label === trueClass ? right : 0));
};

const drawOne = (shares: readonly number[], random: () => number): number => {
  let rest = random();
  const at = shares.findIndex((share) => (rest -= share) < 0);
  return at < 0 ? shares.length - 1 : at;
};

const countsOf = (row: readonly number[], documents: number, random: () => number): number[] => {
  const counts = row.map(() => 0);
  for (let index = 0; index < documents; index++) counts[drawOne(row, random)]!++;
  return counts;
};

/** Calibration on sources of a population: thirty a class, a hundred documents each. */
export const sourcesOf = (random: () => number): SourceCounts[] =>
  Array.from({ length: 30 * SIZE }, (_, index) => ({
    trueClass: index % SIZE,
    counts: countsOf(rowOf(index % SIZE, random), 100, random),
  }));

/** How many intervals cover the true share, over shards whose documents come from new sources of that population. */
export function coverage(
  shards: number,
  sources: readonly SourceCounts[],
  random: () => number,
): { readonly covered: number; readonly intervals: number } {
  let covered = 0;
  let intervals = 0;
  for (let shard = 0; shard < shards; shard++) {
    const mix = countsOf(uneven(random, 1), DOCUMENTS, random);
    const labels = Array.from({ length: SIZE }, () => 0);
    mix.forEach((documents, trueClass) =>
      countsOf(rowOf(trueClass, random), documents, random).forEach(
        (count, label) => (labels[label]! += count),
      ),
    );
    const estimate = sharesOf(labels, sources, { documents: DOCUMENTS, seed: shard });
    if (!estimate.ok) throw new Error(estimate.text);
    estimate.shares.forEach(({ low, high }, trueClass) => {
      const truth = mix[trueClass]! / DOCUMENTS;
      intervals++;
      if (low <= truth && truth <= high) covered++;
    });
  }
  return { covered, intervals };
}
