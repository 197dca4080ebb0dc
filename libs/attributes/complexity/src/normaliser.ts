import { canonicalDigest } from '@tributary/json';
import { halsteadDifficulty, logicOf } from './features.ts';
import type { CodeFeatures } from './features.ts';
import { Moments } from './moments.ts';

/** Mean and population standard deviation over a corpus. */
export type Statistic = { readonly mean: number; readonly sd: number };

/** What a score is relative to: the four statistics of a corpus that scores depend on. */
export type Normaliser = Readonly<Record<(typeof SCORED)[number] | 'logic', Statistic>>;

const SCORED = ['node_count', 'max_depth', 'node_types'] as const;

/** In the order and by the names in which normalisers are published. */
const FEATURES: Readonly<Record<string, (features: CodeFeatures) => number>> = {
  node_count: ({ node_count }) => node_count,
  max_depth: ({ max_depth }) => max_depth,
  node_types: ({ node_types }) => node_types,
  n1_unique_operators: ({ n1 }) => n1,
  N2_total_operands: ({ N2 }) => N2,
  n2_unique_operands: ({ n2 }) => n2,
  halstead_difficulty: halsteadDifficulty,
  cyclomatic: ({ cyclomatic }) => cyclomatic,
};

/** A normaliser as a file holds it. `normaliserFrom` reads it back. */
export type NormaliserFile = {
  /** Programs that it was computed on. */
  readonly n_kept?: number;
  readonly feature_order: readonly string[];
  readonly corpus_mean: readonly number[];
  readonly corpus_sd_population: readonly number[];
  readonly logic_mean: number;
  readonly logic_sd_population: number;
};

/** Computes the normaliser of a corpus from its programs one by one. */
export class NormaliserOfCorpus {
  readonly #features = Object.entries(FEATURES).map(([name, of]) => ({ name, of, moments: new Moments() }));
  readonly #logic = new Moments();

  add(features: CodeFeatures): void {
    for (const { of, moments } of this.#features) moments.add(of(features));
    this.#logic.add(logicOf(features));
  }

  normaliser(): Normaliser {
    const of = (wanted: string): Statistic => {
      const moments = this.#features.find(({ name }) => name === wanted)?.moments ?? new Moments();
      return { mean: moments.mean, sd: moments.sd };
    };
    const { mean, sd } = this.#logic;
    return {
      node_count: of('node_count'),
      max_depth: of('max_depth'),
      node_types: of('node_types'),
      logic: { mean, sd },
    };
  }

  file(): NormaliserFile {
    return {
      n_kept: this.#logic.count,
      feature_order: this.#features.map(({ name }) => name),
      corpus_mean: this.#features.map(({ moments }) => moments.mean),
      corpus_sd_population: this.#features.map(({ moments }) => moments.sd),
      logic_mean: this.#logic.mean,
      logic_sd_population: this.#logic.sd,
    };
  }
}

/** A normaliser with nothing but what scores depend on, as a file holds it. */
export const normaliserFile = (normaliser: Normaliser): NormaliserFile => ({
  feature_order: SCORED,
  corpus_mean: SCORED.map((name) => normaliser[name].mean),
  corpus_sd_population: SCORED.map((name) => normaliser[name].sd),
  logic_mean: normaliser.logic.mean,
  logic_sd_population: normaliser.logic.sd,
});

/** Same statistics, same id: the SHA-256 of the statistics that scores depend on. */
export const normaliserId = (normaliser: Normaliser): string => `sha256:${canonicalDigest(normaliser)}`;

export type ReadNormaliser =
  | { readonly ok: true; readonly normaliser: Normaliser }
  | { readonly ok: false; readonly refusal: 'normaliser_invalid'; readonly text: string };

/** The normaliser that a JSON value holds. Refused with `normaliser_invalid`, which names what is missing or wrong. */
export function normaliserFrom(json: unknown): ReadNormaliser {
  const root: Readonly<Record<string, unknown>> = Object(json);
  const order: readonly unknown[] = listIn(root['feature_order']);
  const [means, deviations] = [listIn(root['corpus_mean']), listIn(root['corpus_sd_population'])];
  const read: Record<string, Statistic> = {};
  for (const name of [...SCORED, 'logic'] as const) {
    const at = order.indexOf(name);
    const [mean, sd] =
      name === 'logic' ? [root['logic_mean'], root['logic_sd_population']] : [means[at], deviations[at]];
    if (!isFinite(mean)) return invalid(`it has no mean of ${name}`);
    if (!isFinite(sd) || sd < 0) return invalid(`it has no standard deviation of ${name}`);
    read[name] = { mean, sd };
  }
  const { node_count, max_depth, node_types, logic } = read;
  if (!node_count || !max_depth || !node_types || !logic) return invalid('it is incomplete');
  return { ok: true, normaliser: { node_count, max_depth, node_types, logic } };
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isFinite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const SHAPE =
  'a normaliser is a JSON object with feature_order, corpus_mean, corpus_sd_population, logic_mean and logic_sd_population';

const invalid = (why: string) =>
  ({ ok: false, refusal: 'normaliser_invalid', text: `${why}; ${SHAPE}` }) as const;
