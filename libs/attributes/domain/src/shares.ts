import { inverse } from './linear.ts';
import { randomNumbers } from './random.ts';
import { requireFinite } from './require-finite.ts';

/** How the documents of one source of one true class were labelled, out of sample. */
export type SourceCounts = { readonly trueClass: number; readonly counts: readonly number[] };

export type ShareOptions = {
  /** Documents in the shard. Equal to the number of labels when every document was read. */
  readonly documents: number;
  readonly seed: number;
  readonly replicates?: number;
  readonly level?: number;
};

export type Share = { readonly share: number; readonly low: number; readonly high: number };
export type Shares =
  | { readonly ok: true; readonly shares: readonly Share[]; readonly counted: readonly number[] }
  | { readonly ok: false; readonly refusal: 'no_documents' | 'not_identified'; readonly text: string };

const REPLICATES = 400;
const LEVEL = 0.95;

/**
 * The true mix of a shard from the counts of its labels: adjusted classify-and-count (Forman 2008, doi
 * 10.1007/s10618-008-0097-y). Labels are counted, and the counts multiplied by the inverse of the confusion matrix,
 * whose rows are means over the sources of a class.
 *
 * The interval is a parametric bootstrap of that estimate. Each replicate draws the sources behind the matrix again,
 * draws for each class one source as that of the shard, since documents of one shard tend to come from one origin,
 * draws which documents were read if not all were, and labels them by the rows of their sources. Estimates are not
 * confined to [0, 1] before the end, where clipping cannot lose the truth.
 *
 * Refuses `no_documents`, and `not_identified` where two classes are confused as much as not. Fault `not_finite` where a count
 * or an option is no number.
 */
export function sharesOf(
  labels: readonly number[],
  sources: readonly SourceCounts[],
  options: ShareOptions,
): Shares {
  requireFinite('shares', labels);
  for (const { trueClass, counts } of sources) requireFinite('shares', [trueClass, ...counts]);
  requireFinite('shares', Object.values(options));
  const total = sum(labels);
  if (total === 0) return { ok: false, refusal: 'no_documents', text: 'no document was labelled' };
  const classes = classesOf(sources, labels.length);
  const adjust = inverse(classes.map(meanRow));
  if (adjust === undefined || classes.some((rows) => rows.length === 0))
    return {
      ok: false,
      refusal: 'not_identified',
      text: 'the calibration confuses two classes as often as not, so counts do not give shares; calibrate on more sources',
    };
  const counted = labels.map((count) => count / total);
  const estimate = product(counted, adjust);
  const errors = errorsOf(confined(estimate), { classes, adjust, total, options });
  const tail = (1 - (options.level ?? LEVEL)) / 2;
  const shares = confined(estimate).map((share, index) => {
    const sorted = errors.map((error) => error[index]!).toSorted((a, b) => a - b);
    return {
      share,
      low: clip(Math.min(share, estimate[index]! - quantile(sorted, 1 - tail))),
      high: clip(Math.max(share, estimate[index]! - quantile(sorted, tail))),
    };
  });
  return { ok: true, shares, counted };
}

type Matrix = readonly (readonly number[])[];
type Simulation = {
  readonly classes: readonly Matrix[];
  readonly adjust: Matrix;
  readonly total: number;
  readonly options: ShareOptions;
};

/** Rows of label shares, by true class. */
function classesOf(sources: readonly SourceCounts[], size: number): Matrix[] {
  return Array.from({ length: size }, (_, trueClass) =>
    sources
      .filter((source) => source.trueClass === trueClass && sum(source.counts) > 0)
      .map(({ counts }) => counts.map((count) => count / sum(counts))),
  );
}

/** Estimate less truth, in each replicate, when the truth is `mix`. */
function errorsOf(mix: readonly number[], { classes, adjust, total, options }: Simulation): number[][] {
  const random = randomNumbers(options.seed);
  const errors: number[][] = [];
  for (let replicate = 0; replicate < (options.replicates ?? REPLICATES); replicate++) {
    const drawn = classes.map((rows) => rows.map(() => pick(rows, random)));
    const adjustDrawn = inverse(drawn.map(meanRow)) ?? adjust;
    const isWhole = options.documents <= total;
    const composition = isWhole ? mix : draw(mix, total, random).map((count) => count / total);
    const spread = isWhole ? 0 : Math.sqrt(1 - total / options.documents);
    const truth = mix.map((share, index) =>
      isWhole ? share : composition[index]! + (share - composition[index]!) * spread,
    );
    const labels = Array.from({ length: mix.length }, () => 0);
    composition.forEach((share, index) => {
      const documents = Math.round(share * total);
      draw(pick(classes[index]!, random), documents, random).forEach(
        (count, label) => (labels[label]! += count),
      );
    });
    const labelled = Math.max(1, sum(labels));
    const estimate = product(
      labels.map((count) => count / labelled),
      adjustDrawn,
    );
    errors.push(estimate.map((share, index) => share - truth[index]!));
  }
  return errors;
}

/** Counts of `total` draws from a distribution. */
function draw(shares: readonly number[], total: number, random: () => number): number[] {
  const counts = shares.map(() => 0);
  for (let index = 0; index < total; index++) {
    let rest = random();
    const at = shares.findIndex((share) => (rest -= share) < 0);
    counts[at < 0 ? shares.length - 1 : at]!++;
  }
  return counts;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const clip = (value: number): number => Math.min(1, Math.max(0, value));
const pick = <T>(values: readonly T[], random: () => number): T =>
  values[Math.floor(random() * values.length)]!;

/** The nearest shares that are not negative and sum to one, near enough for a point estimate. */
function confined(estimate: readonly number[]): number[] {
  const positive = estimate.map((value) => Math.max(0, value));
  return positive.map((value) => value / sum(positive));
}

const meanRow = (rows: Matrix): number[] =>
  Array.from(
    { length: rows[0]?.length ?? 0 },
    (_, label) => sum(rows.map((row) => row[label]!)) / rows.length,
  );

/** A row vector by a matrix. */
const product = (row: readonly number[], matrix: Matrix): number[] =>
  row.map((_, column) => sum(row.map((value, index) => value * matrix[index]![column]!)));

/** By linear interpolation. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low]! + (sorted[Math.min(sorted.length - 1, low + 1)]! - sorted[low]!) * (at - low);
}
