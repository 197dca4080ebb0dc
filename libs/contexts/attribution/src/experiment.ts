import { Fault, valueIn } from '@tributary/kernel';
import type { Composition } from './composition/composition.ts';
import { close, knownSlices } from './composition/composition.ts';
import { allFinite } from './numerics/moments.ts';
import type { ItemScores } from './statistics/two-level-bootstrap.ts';

export type Design = 'controlled_ablation' | 'swarm' | 'observational';
export type Assignment = 'randomised' | 'manual' | 'unknown';

export type Arm = {
  readonly arm: string;
  readonly mixtureId: string;
  readonly design: Design;
  readonly assignment: Assignment;
  /** Recorded seed of the randomisation; an assignment without it does not count as randomised. */
  readonly randomisationSeed?: string | number | undefined;
  readonly control: boolean;
  readonly role: 'train' | 'held_out';
};

export type Score = {
  readonly value: number;
  readonly stderr?: number | undefined;
  readonly items?: ItemScores | undefined;
  /** Values of the benchmarks that `value` is the mean of. */
  readonly benchmarks?: Readonly<Record<string, number>> | undefined;
  readonly unit: string;
  readonly higherIsBetter: boolean;
  /** Harness, metric, version, shots and prompt as one key; scores with different keys are not compared. */
  readonly comparability?: string | undefined;
};

export type Run = {
  readonly runId: string;
  readonly arm: string;
  readonly mixtureId: string;
  readonly seed?: string | number | undefined;
  readonly status: 'completed' | 'failed' | 'stopped' | 'running';
  /** Realised shares, not planned weights. */
  readonly shares: Composition;
  /** Total amount consumed, in `unit`. */
  readonly total: number;
  readonly unit: string;
  /** How the shares were determined: measured, reported, declared, inferred or sampled. */
  readonly method: string;
  /** Digest of the configuration without seed and mixture. */
  readonly configDigest?: string | undefined;
  readonly scores: Readonly<Record<string, Score>>;
  /** Positions of the events that this run was read from. */
  readonly evidence: readonly string[];
};

export type Proxy = { readonly model: string; readonly parameters?: number | undefined };

export type Experiment = {
  readonly name: string;
  readonly arms: readonly Arm[];
  readonly runs: readonly Run[];
  readonly proxy?: Proxy | undefined;
  /** Warnings about the scores of a capability; every answer about it carries them. */
  readonly scoreWarnings?: Readonly<Record<string, readonly Warning[]>> | undefined;
};

export type Warning = { readonly code: string; readonly text: string };

export type ScoredRun = Run & { readonly score: Score };

const byText = (left: string, right: string) => Number(left > right) - Number(left < right);

function requireFinite({ runId, shares, total }: Run, capability: string, score: Score): void {
  const { value, stderr = 0, items, benchmarks = {} } = score;
  const scored = [value, stderr, ...Object.values(benchmarks)];
  if (!allFinite(scored) || !allFinite(items?.values ?? []))
    throw new Fault('not_finite', `run ${runId} has a score of ${capability} that is not finite`);
  if (!allFinite([total, ...Object.values(shares)]))
    throw new Fault('not_finite', `run ${runId} has a share that is not finite`);
}

const isExposed = ({ shares }: Run) => Object.values(shares).some((share) => share > 0);

/**
 * Completed runs of an arm with recorded exposure and a score of the capability, by run id, with closed shares. Throws
 * Fault `not_finite` for a run whose shares or score are not finite: no solver has an answer for such a value.
 */
export function scoredRuns(experiment: Experiment, arm: string, capability: string): ScoredRun[] {
  return experiment.runs
    .filter((run) => run.arm === arm && run.status === 'completed' && isExposed(run))
    .flatMap((run) => {
      const score = valueIn(run.scores, capability);
      if (!score) return [];
      requireFinite(run, capability, score);
      return [{ ...run, shares: close(run.shares), score }];
    })
    .toSorted((left, right) => byText(left.runId, right.runId));
}

export const armsOf = (experiment: Experiment, design: Design) =>
  experiment.arms
    .filter((arm) => arm.design === design)
    .toSorted((left, right) => byText(left.arm, right.arm));

export const isRandomised = ({ assignment, randomisationSeed }: Arm) =>
  assignment === 'randomised' && randomisationSeed !== undefined;

export const slicesOf = (experiment: Experiment) => knownSlices(experiment.runs.map((run) => run.shares));

export function capabilitiesOf(experiment: Experiment): string[] {
  return [...new Set(experiment.runs.flatMap((run) => Object.keys(run.scores)))].toSorted();
}

/** Completed runs of the arms without recorded exposure. */
export const unexposedRuns = (experiment: Experiment, arms: readonly string[]) =>
  experiment.runs.filter((run) => arms.includes(run.arm) && run.status === 'completed' && !isExposed(run));

/** Runs of the arms that failed or were stopped. */
export const lostRuns = (experiment: Experiment, arms: readonly string[]) =>
  experiment.runs.filter(
    (run) => arms.includes(run.arm) && (run.status === 'failed' || run.status === 'stopped'),
  );
