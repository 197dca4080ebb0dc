import { valueIn } from '@tributary/kernel';
import { notComparable } from '../controls/evaluations.ts';
import type { Refusal } from '../effect.ts';
import { isExposed, isMixtureUnknown, reportsAnother } from '../experiment.ts';
import type { Run, ScoredRun, Warning } from '../experiment.ts';
import { briefly } from '../controls/briefly.ts';
import { budgetsOf, isOfBudget, isRunOfSize, listText, scaleText, sizesText } from './scale.ts';
import type { Scale } from './scale.ts';

export type RunsAtScale = { readonly runs: readonly ScoredRun[]; readonly warnings: readonly Warning[] };

export type ScaleRefusal = Refusal<'unknown_scale' | 'several_budgets' | 'no_scored_runs' | 'not_comparable'>;

type Selection = {
  readonly scale: Scale;
  readonly capability: string;
  /** Parameters of all recorded models, which a refusal lists. */
  readonly sizes: readonly number[];
};

/**
 * The completed runs of a scale whose mixture is known and that have a score of the capability, which compare with each
 * other. What is left out is a warning.
 */
export function runsAtScale(
  all: readonly Run[],
  { scale, capability, sizes }: Selection,
): RunsAtScale | ScaleRefusal {
  const at = `at ${scaleText(scale)}`;
  const ofSize = all.filter((run) => isRunOfSize(run, scale));
  const completed = ofSize.filter(({ status }) => status === 'completed');
  if (!completed.some((run) => isOfBudget(run, scale))) {
    const text = `No completed run has ${scaleText(scale)}. Recorded are models with ${sizesText(sizes)} parameters.`;
    return { refusal: 'unknown_scale', text };
  }
  const known = completed.filter((run) => isExposed(run) && !isMixtureUnknown(run, undefined));
  const scored = known.flatMap((run) => {
    const score = valueIn(run.scores, capability);
    return score ? [{ ...run, score }] : [];
  });
  const runs = scored.filter((run) => isOfBudget(run, scale));
  if (runs.length === 0) {
    const text = `No completed run ${at} with recorded exposure has a score of ${capability}.`;
    return { refusal: 'no_scored_runs', text };
  }
  const unlike = scale.tokens === undefined ? severalBudgets(runs, scale) : undefined;
  if (unlike) return unlike;
  const reason = notComparable(runs, capability, false);
  if (reason && notComparable(runs, capability, true))
    return { refusal: 'not_comparable', text: reason.text };
  return {
    runs,
    warnings: [
      ...leftOut(at, [
        [ofSize.length - completed.length, 'did not complete'],
        [completed.length - known.length, 'have no exposure that adds up'],
        [known.length - scored.length, `have no score of ${capability}`],
      ]),
      ...otherTotals(runs, at),
    ],
  };
}

function severalBudgets(runs: readonly ScoredRun[], scale: Scale): ScaleRefusal | undefined {
  const budgets = budgetsOf(runs);
  if (budgets.length < 2) return undefined;
  const unit = runs[0]?.unit ?? '';
  const text = `Runs at ${scaleText(scale)} were trained on ${listText(budgets)} ${unit}s: name the tokens of the scale, one of these numbers.`;
  return { refusal: 'several_budgets', text };
}

function leftOut(at: string, reasons: readonly (readonly [number, string])[]): Warning[] {
  const some = reasons.filter(([count]) => count > 0).map(([count, reason]) => `${count} ${reason}`);
  return some.length === 0 ? [] : [{ code: 'runs_left_out', text: `Of the runs ${at}, ${some.join(', ')}.` }];
}

function otherTotals(runs: readonly ScoredRun[], at: string): Warning[] {
  const odd = runs.filter(reportsAnother).map(({ runId }) => runId);
  if (odd.length === 0) return [];
  const text = `Ends of runs ${at} report another amount than their exposure adds up to: ${briefly(odd)}.`;
  return [{ code: 'reported_total_differs', text }];
}
