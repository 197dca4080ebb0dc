import type { Arm, Experiment, Run, Score } from '../index.ts';
import { cleanAblation } from './clean-experiment.fixture.ts';

/** A clean experiment with one thing changed, and what the answer has to name: a field or a code. */
export type Trap = {
  readonly what: string;
  readonly experiment: Experiment;
  readonly named: string;
  /** Whether the effect must be that of the experiment without the changed runs. */
  readonly isLeftOut?: boolean;
};

export type RunChange = (run: Run) => Run;

export const withFact =
  (field: string, value: string | undefined): RunChange =>
  (run) => {
    const facts = new Map(run.facts);
    if (value === undefined) facts.delete(field);
    else facts.set(field, value);
    return { ...run, facts };
  };

export const everyRun = (experiment: Experiment, change: RunChange): Experiment => ({
  ...experiment,
  runs: experiment.runs.map(change),
});
export const inControl = (change: RunChange): Experiment =>
  everyRun(cleanAblation(), (run) => (run.arm === 'full' ? change(run) : run));
export const inOneRun = (change: RunChange): Experiment => {
  const experiment = cleanAblation();
  const first = experiment.runs.find(({ arm }) => arm === 'full');
  return everyRun(experiment, (run) => (run === first ? change(run) : run));
};
export const inArm = (change: Partial<Arm>): Experiment => {
  const experiment = cleanAblation();
  const arms = experiment.arms.map((arm) => (arm.arm === 'full' ? { ...arm, ...change } : arm));
  return { ...experiment, arms };
};
export const scored =
  (change: Partial<Score>): RunChange =>
  (run) => ({ ...run, scores: { programming: { ...run.scores['programming']!, ...change } } });

export const twice = (change: RunChange): Experiment => {
  const experiment = cleanAblation();
  const first = experiment.runs.find(({ arm }) => arm === 'full')!;
  return { ...experiment, runs: [...experiment.runs, change({ ...first, runId: `${first.runId}-again` })] };
};

/** The first run of the control, in the other arm too. */
export const inBothArms = (change: RunChange): Experiment => {
  const experiment = cleanAblation();
  const first = experiment.runs.find(({ arm }) => arm === 'full')!;
  const copy = change({ ...first, arm: 'wo_code', mixtureId: 'mixture-wo_code' });
  return { ...experiment, runs: [...experiment.runs, copy] };
};

export const blocked: RunChange = (run) => ({ ...run, seed: 1 + (Number(run.seed) % 4) });
