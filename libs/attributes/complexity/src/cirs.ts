import { halsteadDifficulty, logicOf } from './features.ts';
import type { CodeFeatures } from './features.ts';
import type { Normaliser, Statistic } from './normaliser.ts';
import { requireFinite } from './require-finite.ts';

/** Features and scores of one program, by the names of the published scores. */
export type CirsValues = {
  readonly node_count: number;
  readonly max_depth: number;
  readonly node_types: number;
  readonly n1: number;
  readonly N2: number;
  readonly n2: number;
  readonly halstead_difficulty: number;
  readonly cyclomatic: number;
  readonly structure_score: number;
  readonly logic_score: number;
  readonly cirs: number;
};

/** Keeps a feature that does not vary from being divided by zero. */
const EPSILON = 1e-8;

/**
 * The complexity-impacted reasoning score of a program (Bi et al., AAAI 2024, arXiv 2308.15452) as EasyInstruct computes
 * it: the logistic function of the mean of three standardised features of the syntax tree, times the logistic function
 * of standardised difficulty times cyclomatic complexity. All scores are in (0, 1) and depend on the normaliser. Fault
 * `not_finite` where a feature or a statistic is no number.
 */
export function cirsValues(features: CodeFeatures, normaliser: Normaliser): CirsValues {
  requireFinite('a score', [
    ...Object.values(features),
    ...Object.values(normaliser).flatMap(({ mean, sd }) => [mean, sd]),
  ]);
  const { node_count, max_depth, node_types, n1, N2, n2, cyclomatic } = features;
  const standardised = [
    standardise(node_count, normaliser.node_count),
    standardise(max_depth, normaliser.max_depth),
    standardise(node_types, normaliser.node_types),
  ];
  const structure = logistic(standardised.reduce((sum, value) => sum + value, 0) / standardised.length);
  const logic = logistic(standardise(logicOf(features), normaliser.logic));
  return {
    node_count,
    max_depth,
    node_types,
    n1,
    N2,
    n2,
    halstead_difficulty: halsteadDifficulty(features),
    cyclomatic,
    structure_score: structure,
    logic_score: logic,
    cirs: structure * logic,
  };
}

const standardise = (value: number, { mean, sd }: Statistic): number =>
  (value - mean) / Math.sqrt(sd * sd + EPSILON);

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

export type Stratum = 'low' | 'medium' | 'high';

/** The strata of the paper: low below 0.125, high above 0.5. */
export function stratumOf(cirs: number): Stratum {
  requireFinite('the stratum', [cirs]);
  if (cirs < 0.125) return 'low';
  return cirs > 0.5 ? 'high' : 'medium';
}
