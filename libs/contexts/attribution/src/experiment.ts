import { Fault, valueIn } from '@tributary/kernel';
import type { Composition } from './composition/composition.ts';
import { close, knownSlices } from './composition/composition.ts';
import { largestGap } from './composition/plan-gap.ts';
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
  /** Planned weights by slice as recorded, where the plan is one of token shares with one phase. */
  readonly planned?: Composition | undefined;
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
  /**
   * Other units that amounts are recorded in, which are left out, because units are never added. The run has no shares where
   * no one unit counts all of it.
   */
  readonly otherUnits?: readonly string[] | undefined;
  /** How the shares were determined: measured, reported, declared, inferred or sampled. */
  readonly method: string;
  /** Amount that the end of the run reports, where it counts what `total` counts. */
  readonly reportedTotal?: number | undefined;
  /** Last step. */
  readonly lastStep?: number | undefined;
  /** Attempts that the run may have gone through and of which nothing says where they began: it is not known what they superseded. */
  readonly unplaced?: readonly number[] | undefined;
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

/** `found`: nobody assigned the arms; they were found by comparing what runs record. */
export type Origin = 'assigned' | 'found';

export type Experiment = {
  readonly name: string;
  /** `assigned` where absent. */
  readonly origin?: Origin | undefined;
  /** Runs that agree with those of a found experiment and are left out of it, in words, one text for each reason. */
  readonly leftOut?: readonly string[] | undefined;
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
export const isExposed = ({ shares }: Pick<Run, 'shares'>) =>
  Object.values(shares).some((share) => share > 0);

const byName = (values: Readonly<Record<string, number>>) =>
  Object.entries(values).toSorted(([left], [right]) => byText(left, right));

const scoresOf = ({ scores }: Run): string =>
  JSON.stringify(
    byName(Object.fromEntries(Object.entries(scores).map(([capability, { value }]) => [capability, value]))),
  );
const amountsOf = ({ total, shares }: Run): string => JSON.stringify([total, byName(shares)]);

/** Whether two runs of one arm with equal scores are one: their seeds are equal, or one has none and the amounts are equal. */
const isSameRun = (one: Run, other: Run): boolean =>
  one.seed === undefined || other.seed === undefined
    ? amountsOf(one) === amountsOf(other)
    : String(one.seed) === String(other.seed);

/** Runs that repeat an earlier one, by id: the same arm, all scores to the last digit, and the same seed or amounts. */
export function repeatedRuns<Member extends Run>(runs: readonly Member[]): Member[] {
  const known = new Map<string, Member[]>();
  return runs.filter((run) => {
    if (Object.keys(run.scores).length === 0) return false;
    const key = JSON.stringify([run.arm, scoresOf(run)]);
    const alike = known.get(key) ?? [];
    known.set(key, [...alike, run]);
    return alike.some((one) => isSameRun(one, run));
  });
}

/** A seed as text: `7` is the seed 7. */
const seedText = ({ seed }: Pick<Run, 'seed'>) => (seed === undefined ? null : String(seed));

/** Pairs of runs of different arms that are one run: one id, or the same seed, amounts and scores. */
export function runsInSeveralArms(runs: readonly Run[]): (readonly [Run, Run])[] {
  const [ids, contents] = [new Map<string, Run>(), new Map<string, Run>()];
  return runs.flatMap((run) => {
    const scored = Object.keys(run.scores).length > 0;
    const content = scored ? JSON.stringify([seedText(run), amountsOf(run), scoresOf(run)]) : run.runId;
    const earlier = [ids.get(run.runId), contents.get(content)].find((one) => one && one.arm !== run.arm);
    ids.set(run.runId, ids.get(run.runId) ?? run);
    contents.set(content, contents.get(content) ?? run);
    return earlier ? [[earlier, run] as const] : [];
  });
}

/** Largest difference of the sum of a run's shares from one, and relative difference of its amount from the reported one. */
const SUM_TOLERANCE = 0.005;

/** Whether the end of a run reports another amount than its exposure adds up to. */
export const reportsAnother = ({ total, reportedTotal }: Run): boolean =>
  reportedTotal !== undefined && Math.abs(reportedTotal / total - 1) > SUM_TOLERANCE;

/**
 * Whether nobody knows the mixture of a run: its shares are negative or do not add up to one; or its end reports another
 * amount, and what is recorded has other shares than `planned`, so that a part is missing. Another amount alone (padding,
 * a last step that was not recorded, rounding) leaves the shares as they are.
 */
export function isMixtureUnknown(run: Run, planned: Composition | undefined): boolean {
  const parts = Object.values(run.shares);
  const sum = parts.reduce((all, share) => all + share, 0);
  if (parts.some((share) => share < 0)) return true;
  if (sum > 0 && Math.abs(sum - 1) > SUM_TOLERANCE) return true;
  const isCompared = planned !== undefined && run.unit === 'token' && reportsAnother(run);
  return isCompared && largestGap(planned, run.shares) !== undefined;
}

/** Whether a run names another mixture than the assignment of its arm, or several arms or mixtures. */
export const contradictsArm = ({ mixtureId, reassigned }: Run, assigned: Pick<Arm, 'mixtureId'>): boolean =>
  reassigned === true || (mixtureId !== '' && mixtureId !== assigned.mixtureId);

/** The runs that are in several arms, by the list of all runs: large experiments ask for each of their arms. */
const inSeveralArms = new WeakMap<readonly Run[], ReadonlySet<Run>>();

function runsOfSeveralArms(runs: readonly Run[]): ReadonlySet<Run> {
  const known = inSeveralArms.get(runs) ?? new Set(runsInSeveralArms(runs).flat());
  inSeveralArms.set(runs, known);
  return known;
}

/**
 * Completed runs of an arm with recorded exposure and a score of the capability, by run id, with closed shares. Left out are
 * runs that repeat another one to the last digit, whose mixture is unknown, that contradict the assignment of the arm, or
 * that are in several arms. `ofArm` may be the runs of the arm alone. Throws Fault `not_finite` for a run whose shares or
 * score are not finite: no solver has an answer for such a value.
 */
export function scoredRuns(
  { runs: all }: Experiment,
  arm: Arm,
  capability: string,
  ofArm: readonly Run[] = all,
): ScoredRun[] {
  const runs = ofArm
    .filter((run) => run.arm === arm.arm && run.status === 'completed' && isExposed(run))
    .toSorted((left, right) => byText(left.runId, right.runId));
  const repeated = new Set(repeatedRuns(runs));
  const shared = runsOfSeveralArms(all);
  return runs.flatMap((run) => {
    const score = valueIn(run.scores, capability);
    if (!score || repeated.has(run) || shared.has(run)) return [];
    requireFinite(run, capability, score);
    if (isMixtureUnknown(run, arm.planned) || contradictsArm(run, arm)) return [];
    return [{ ...run, seed: seedOf(run), shares: close(run.shares), score }];
  });
}

/** The seed, a whole number in a text as the number: seeds are compared. */
function seedOf({ seed }: Run): Run['seed'] {
  const number = Number(seed);
  return Number.isSafeInteger(number) && String(number) === seed ? number : seed;
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
