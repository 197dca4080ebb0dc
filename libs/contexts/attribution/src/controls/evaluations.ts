import type { ScoredRun, Warning } from '../experiment.ts';
import type { Difference, Sides } from './differences.ts';
import { allOf, countedValues, differenceIn } from './differences.ts';

/** Largest relative difference between the steps, or the tokens, of evaluations that are compared. */
const EVALUATION_TOLERANCE = 0.005;

const within = (values: readonly number[]) => {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted.at(-1)! - sorted[0]! <= EVALUATION_TOLERANCE * sorted.at(-1)!;
};

const allKnown = (values: readonly (number | undefined)[]): values is readonly number[] =>
  values.length > 0 && values.every((value) => value !== undefined);

/** Whether all runs were evaluated at one step, or after one number of tokens, within the tolerance. */
function atOnePoint(runs: readonly ScoredRun[]): boolean {
  const known = runs.filter(({ score }) => score.step !== undefined || score.tokens !== undefined);
  if (known.length === 0) return true;
  const [steps, tokens] = [known.map(({ score }) => score.step), known.map(({ score }) => score.tokens)];
  return (allKnown(steps) && within(steps)) || (allKnown(tokens) && within(tokens));
}

/** Whether every run was evaluated at its own end; one whose end is unknown is not. */
const atTheirEnds = (runs: readonly ScoredRun[]) =>
  runs.every(
    ({ score, lastStep }) =>
      score.step === undefined || (lastStep !== undefined && within([score.step, lastStep])),
  );

const stepText = ({ score }: ScoredRun) =>
  score.step === undefined ? 'no recorded step' : `step ${score.step.toLocaleString('en-US')}`;

/**
 * Why the scores of the runs cannot be compared: their benchmarks have no common scale, they come from
 * different ways of measuring, or from evaluations at
 * different steps and tokens. With an added budget every run is evaluated at its own end. Undefined where they can.
 */
export function notComparable(
  runs: readonly ScoredRun[],
  capability: string,
  isBudgetAdded: boolean,
): Warning | undefined {
  const unlike = runs.find(({ score }) => score.unlike !== undefined)?.score.unlike;
  if (unlike !== undefined) return { code: 'benchmarks_not_comparable', text: unlike };
  const keys = new Set(
    runs.map(({ score }) =>
      JSON.stringify([
        score.comparability ?? null,
        score.unit,
        score.higherIsBetter,
        Object.keys(score.benchmarks ?? {}).toSorted(),
      ]),
    ),
  );
  if (keys.size > 1) {
    const text = `The scores of ${capability} differ in unit, direction, metric, harness, prompt or way of counting.`;
    return { code: 'scores_not_comparable', text };
  }
  const units = [...new Set(runs.map(({ unit }) => unit))].toSorted();
  if (units.length > 1) {
    const text = `The exposures are counted in different units, so neither shares nor budgets compare: ${units.join(', ')}.`;
    return { code: 'exposure_units_differ', text };
  }
  if (isBudgetAdded ? atTheirEnds(runs) : atOnePoint(runs)) return undefined;
  return { code: 'evaluations_not_matched', text: missingEvaluations(runs, capability) };
}

function missingEvaluations(runs: readonly ScoredRun[], capability: string): string {
  const points = new Map<string, ScoredRun[]>();
  for (const run of runs) points.set(stepText(run), [...(points.get(stepText(run)) ?? []), run]);
  const ordered = [...points].toSorted(([, left], [, right]) => right.length - left.length);
  const [[usual, most] = ['', []], ...others] = ordered;
  const odd = others.flatMap(([point, at]) => at.map(({ runId }) => `${runId} at ${point}`)).toSorted();
  const more = odd.length > 5 ? ` and ${odd.length - 5} more` : '';
  return (
    `The last evaluations of ${capability} lie at different points: ${most.length} runs at ${usual}, ` +
    `${odd.slice(0, 5).join(', ')}${more}. Missing are scores of those runs at ${usual}, within ${100 * EVALUATION_TOLERANCE} %.`
  );
}

/** Whether the point of the evaluations is recorded, as a difference where it is not, or not for all runs. */
export function evaluationDifferences(sides: Sides<ScoredRun>): Difference[] {
  const isKnown = ({ score }: ScoredRun) => score.step !== undefined || score.tokens !== undefined;
  const runs = allOf(sides);
  const known = new Set(runs.filter(isKnown).map(({ runId }) => runId));
  const field = 'evaluation step';
  const values = countedValues(sides, ({ runId }) => (known.has(runId) ? 'recorded' : null));
  if (known.size === 0) return [{ field, state: 'not_recorded', values }];
  return [differenceIn(field, values, sides) ?? []].flat();
}
