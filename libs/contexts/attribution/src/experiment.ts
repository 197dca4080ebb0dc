import { Fault, valueIn } from '@tributary/kernel';
import type { Composition } from './composition/composition.ts';
import { close, knownSlices } from './composition/composition.ts';
import { allFinite } from './numerics/moments.ts';
import type { ItemScores } from './statistics/seeds-and-items.ts';

export type Design = 'controlled_ablation' | 'swarm' | 'observational';
export type Assignment = 'randomised' | 'manual' | 'unknown';

export type Arm = {
  readonly arm: string;
  readonly mixtureId: string;
  readonly design: Design;
  readonly assignment: Assignment;
  /** Recorded seed of the randomisation; an assignment without it does not count as randomised. */
  readonly randomisationSeed?: string | number | undefined;
  /** How the randomisation was drawn; `sha256-rank` can be computed again. */
  readonly randomisationMethod?: string | undefined;
  readonly control: boolean;
  readonly role: 'train' | 'held_out';
  /** What the protocol held equal in all runs although no run records it, by name of the fact. */
  readonly heldEqual?: readonly string[] | undefined;
  /** What earlier assignments of the arm said otherwise: mixture, design, assignment, seed, control or role. */
  readonly contradictory?: readonly string[] | undefined;
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
  /** Why the benchmarks of the capability have no common scale; `value` means nothing then. */
  readonly unlike?: string | undefined;
  /** Step of the evaluated checkpoint. */
  readonly step?: number | undefined;
  /** Tokens that the checkpoint had consumed. */
  readonly tokens?: number | undefined;
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
  /** Amount that the end of the run reports, where it counts what `total` counts. */
  readonly reportedTotal?: number | undefined;
  /** Last step. */
  readonly lastStep?: number | undefined;
  /** Whether attempts of the run name several arms or mixtures. */
  readonly reassigned?: boolean | undefined;
  /**
   * Everything else that is recorded of the run, by name of the field: `parameters`, `architecture`, `tokenizer`,
   * `hardware`, `code.revision`, `snapshot`, `config.optimiser.name` and so on. A fact that is absent is not recorded.
   */
  readonly facts?: ReadonlyMap<string, string> | undefined;
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

/** Whether the run recorded any exposure. */
export const isExposed = ({ shares }: Run) => Object.values(shares).some((share) => share > 0);

const byName = (values: Readonly<Record<string, number>>) =>
  Object.entries(values).toSorted(([left], [right]) => byText(left, right));

/** What makes two runs of an arm one run: arm, seed, amounts and all scores. */
const identity = ({ arm, seed, total, shares, scores }: Run): string =>
  JSON.stringify([
    arm,
    seed ?? null,
    total,
    byName(shares),
    byName(Object.fromEntries(Object.entries(scores).map(([capability, { value }]) => [capability, value]))),
  ]);

/** Runs that repeat an earlier one, by id: the same arm, seed, amounts and scores. */
export function repeatedRuns<Member extends Run>(runs: readonly Member[]): Member[] {
  const known = new Set<string>();
  return runs.filter((run) => {
    if (Object.keys(run.scores).length === 0) return false;
    const key = identity(run);
    if (known.has(key)) return true;
    known.add(key);
    return false;
  });
}

/**
 * Completed runs of an arm with recorded exposure and a score of the capability, by run id, with closed shares. Runs that
 * repeat another one to the last digit are left out. Throws Fault `not_finite` for a run whose shares or score are not
 * finite: no solver has an answer for such a value.
 */
export function scoredRuns(experiment: Experiment, arm: string, capability: string): ScoredRun[] {
  const runs = experiment.runs
    .filter((run) => run.arm === arm && run.status === 'completed' && isExposed(run))
    .toSorted((left, right) => byText(left.runId, right.runId));
  const repeated = new Set(repeatedRuns(runs));
  return runs.flatMap((run) => {
    const score = valueIn(run.scores, capability);
    if (!score || repeated.has(run)) return [];
    requireFinite(run, capability, score);
    return [{ ...run, shares: close(run.shares), score }];
  });
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
