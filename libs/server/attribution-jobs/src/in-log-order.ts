import type { Effect, Experiment } from '@tributary/attribution';
import { formatEventPosition } from '@tributary/kernel';

/** The effect with its evidence as readers know it. */
export const inLogOrder = ({ decomposition, ...effect }: Effect): Effect => ({
  ...effect,
  evidence: positionsOf(effect.evidence),
  ...(decomposition && {
    decomposition: { ...decomposition, evidence: positionsOf(decomposition.evidence) },
  }),
});

/** Positions of the facts behind all runs of the experiment. */
export const evidenceOf = ({ runs }: Experiment): string[] =>
  positionsOf(runs.flatMap(({ evidence }) => evidence));

/** Positions as readers know them, each once in the order of the log. Estimators take packed positions as text. */
export const positionsOf = (packed: readonly string[]): string[] =>
  [...new Set(packed.map(Number))].toSorted((left, right) => left - right).map(formatEventPosition);
