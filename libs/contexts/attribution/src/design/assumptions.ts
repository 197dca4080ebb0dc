import { valueIn } from '@tributary/kernel';
import { isExposed } from '../experiment.ts';
import type { Experiment, ScoredRun, Warning } from '../experiment.ts';
import type { ArmContrast } from './ablation-contrast.ts';
import type { SeedNoise } from './seed-noise.ts';

/** Degrees of freedom below which a standard deviation is hardly known. */
const FEW_DEGREES = 5;

/** What a plan takes for granted about the noise of new runs. */
export function noiseAssumptions(noise: SeedNoise | undefined): Warning[] {
  if (!noise) {
    const text =
      'No noise can be estimated: no mixture was run with several seeds, so neither an interval nor a detectable effect ' +
      'is known. Launch the runs of the plan, then ask again.';
    return [{ code: 'noise_unknown', text }];
  }
  const { degreesOfFreedom, text } = noise;
  const few =
    `The noise is known from ${degreesOfFreedom} degrees of freedom alone. The simulation counts that, which makes its ` +
    'figures larger than those of a known noise; ask again after the first runs.';
  return [
    { code: 'same_noise', text: `New runs vary between seeds as the recorded ones do: ${text}.` },
    ...(degreesOfFreedom < FEW_DEGREES ? [{ code: 'few_degrees_of_freedom', text: few }] : []),
  ];
}

const ONE_TEST: Warning = {
  code: 'one_test',
  text: 'The power is that of this one test. Words are corrected over all tests of a request, which finds less.',
};

const OF_THE_RUN: ReadonlySet<string> = new Set(['token budget']);

/** What new runs must record to be compared with the recorded ones. */
export function recordAssumptions(template: ScoredRun, capability: string): Warning[] {
  const facts = [...(template.facts?.keys() ?? [])].filter(
    (field) => !field.startsWith('config.') && !OF_THE_RUN.has(field),
  );
  const at = template.score.step === undefined ? 'the same step' : `step ${template.score.step}`;
  const equal =
    facts.length > 0
      ? `${facts.join(', ')}, the configuration`
      : 'model, tokenizer, code, hardware, data, the configuration';
  const text =
    `Each new run records what ${template.runId} records, with equal values: ${equal} and the budget ` +
    `(training.run.started with its seed and arm), its exposure (training.exposure.recorded, ${template.method}) and ` +
    `${capability} at ${at} by the same harness (evaluation.score.recorded). What differs or is not recorded lowers the identification.`;
  return [
    { code: 'same_budget', text: 'Each new run consumes what the recorded runs consumed, and ends.' },
    { code: 'equal_records', text },
    ONE_TEST,
  ];
}

/** What new runs of a found experiment lack. */
export function originAssumptions({ origin }: Experiment): Warning[] {
  if (origin !== 'found') return [];
  const text =
    'Nobody assigned this experiment: its arms were found by comparing runs. New runs join it where they record what these ' +
    'record; to state an assignment, record mixture.experiment.assigned under an id of its own before they start.';
  return [{ code: 'found_by_comparison', text }];
}

/** Completed runs of the contrast that lack a score alone: scoring them is cheaper than any launch. */
export function runsWithoutScore(
  { runs }: Experiment,
  { more, less }: ArmContrast,
  capability: string,
): Warning[] {
  const arms = [more.arm.arm, less.arm.arm];
  const found = runs
    .filter((run) => arms.includes(run.arm) && run.status === 'completed' && isExposed(run))
    .filter(({ scores }) => valueIn(scores, capability) === undefined)
    .map(({ runId }) => runId)
    .toSorted();
  if (found.length === 0) return [];
  const rest = found.length > 5 ? ` and ${found.length - 5} more` : '';
  const text = `Completed runs without a score of ${capability}: ${found.slice(0, 5).join(', ')}${rest}. Score them before launching others.`;
  return [{ code: 'runs_without_score', text }];
}
