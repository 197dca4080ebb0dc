import type { Composition } from '../composition/composition.ts';
import type { Arm, Experiment, Run, ScoredRun } from '../experiment.ts';

export type Seed = string | number;

/** Why runs are launched: more seeds of a mixture, the missing side of a contrast, support of a surface, parts of an effect. */
export type Purpose = 'replicate' | 'complete' | 'fill' | 'decompose';

/** Runs of one mixture that a plan launches. */
export type PlannedRuns = {
  readonly purpose: Purpose;
  readonly arm: string;
  readonly mixture: string;
  /** Shares by slice; they sum to one. */
  readonly shares: readonly { readonly slice: string; readonly share: number }[];
  readonly runs: number;
  /** Seed of each run. */
  readonly seeds: readonly string[];
  /** Amount that one run consumes, in the unit of the cost. */
  readonly amountPerRun: number;
  readonly reason: string;
};

/** What the runs of a plan consume together. */
export type RunCost = {
  readonly runs: number;
  readonly amount: number;
  readonly unit: string;
  /** How the amount of one run was counted. */
  readonly text: string;
};

/** Arms that have to be assigned before their runs start: the data of `mixture.experiment.assigned`. */
export type PlannedAssignment = {
  readonly design: 'controlled_ablation' | 'swarm';
  readonly assignment: 'manual' | 'randomised';
  readonly randomisation: { readonly method: string; readonly seed: string } | null;
  readonly arms: readonly {
    readonly arm: string;
    readonly mixture: string;
    readonly displacement: string | null;
  }[];
};

/** One mixture of a plan, with the recorded run that its runs copy in everything but mixture and seed. */
export type PlannedArm = {
  readonly arm: Arm;
  readonly isNew: boolean;
  readonly shares: Composition;
  readonly amountPerRun: number;
  readonly template: ScoredRun;
  readonly seeds: readonly Seed[];
  readonly purpose: Purpose;
  readonly reason: string;
};

export const plannedRuns = (arm: PlannedArm): PlannedRuns => ({
  purpose: arm.purpose,
  arm: arm.arm.arm,
  mixture: arm.arm.mixtureId,
  shares: Object.entries(arm.shares).map(([slice, share]) => ({ slice, share })),
  runs: arm.seeds.length,
  seeds: arm.seeds.map(String),
  amountPerRun: arm.amountPerRun,
  reason: arm.reason,
});

/** Unit of exposures that are recorded as parts of a whole of unknown size. */
const SHARE = 'share';

/** Runs and amount of the planned runs; one run of a mixture consumes what the recorded runs did. */
export function costOf(planned: readonly PlannedRuns[], recorded: readonly ScoredRun[]): RunCost {
  const [first] = recorded;
  const methods = [...new Set(recorded.map(({ method }) => method))].toSorted();
  const totals = recorded.map(({ total }) => total);
  const [least, most] = [Math.min, Math.max].map((pick) => totals.reduce((one, other) => pick(one, other)));
  const range =
    least === most
      ? `${least!.toLocaleString('en-US')}`
      : `from ${least!.toLocaleString('en-US')} to ${most!.toLocaleString('en-US')}`;
  const unit = first?.unit ?? 'token';
  const counted = `the ${recorded.length} recorded runs consumed ${range} ${unit} each (${methods.join(', ')})`;
  return {
    runs: planned.reduce((sum, { runs }) => sum + runs, 0),
    amount: planned.reduce((sum, { runs, amountPerRun }) => sum + runs * amountPerRun, 0),
    unit,
    text:
      unit === SHARE
        ? 'the recorded runs say shares and no amount, so what a run consumes is unknown'
        : counted,
  };
}

/** Whole numbers above every seed of the experiment, one for each call. */
export function newSeeds({ runs }: Experiment): () => number {
  const used = runs
    .flatMap(({ seed }) =>
      String(seed ?? '')
        .split('/')
        .map(Number),
    )
    .filter(Number.isSafeInteger);
  let last = used.reduce((most, seed) => Math.max(most, seed), 0);
  return () => (last += 1);
}

/** A name that no arm of the experiment has, such as `wo_code`. */
export function newArmName({ arms }: Experiment, wanted: string): string {
  const name = wanted.replaceAll(/[^A-Za-z0-9_.-]+/g, '_');
  const isUsed = (candidate: string) => arms.some(({ arm }) => arm === candidate);
  let number = 1;
  while (isUsed(number === 1 ? name : `${name}_${number}`)) number += 1;
  return number === 1 ? name : `${name}_${number}`;
}

/**
 * The experiment as it will be recorded when the plan has run: its new arms are assigned, and each planned run records what
 * its template records, with its own mixture and seed. Its scores are the template's and mean nothing.
 */
export function launched(experiment: Experiment, planned: readonly PlannedArm[]): Experiment {
  const runs = planned.flatMap(({ arm, shares, amountPerRun, template, seeds }) =>
    seeds.map((seed): Run => ({
      ...template,
      runId: `planned-${arm.arm}-${seed}`,
      arm: arm.arm,
      mixtureId: arm.mixtureId,
      seed,
      shares,
      total: amountPerRun,
      reportedTotal: template.reportedTotal === undefined ? undefined : amountPerRun,
      evidence: [],
    })),
  );
  const arms = planned.flatMap(({ arm, isNew, shares }) => (isNew ? [{ ...arm, planned: shares }] : []));
  return { ...experiment, arms: [...experiment.arms, ...arms], runs: [...experiment.runs, ...runs] };
}
