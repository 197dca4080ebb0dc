import type { PredictedOutcome } from '@tributary/attribution';

type Targets = readonly { readonly mixture: string }[];

export type Prediction = ReturnType<typeof predictionOf>;

/** Arranges the outcomes of surfaces by mixture. */
export function predictionOf(outcomes: readonly PredictedOutcome[], targets: Targets) {
  const fitted = outcomes.filter(({ rows }) => rows.length === targets.length);
  const column = (index: number, pick: (row: PredictedOutcome['rows'][number]) => number) =>
    fitted.flatMap(({ rows }) => rows.slice(index, index + 1).map(pick));
  return {
    outcomes: fitted.map(({ capability }) => capability),
    surfaces: fitted.map(({ capability, unit, estimator, chosenBy, n }) => ({
      outcome: capability,
      unit,
      id: estimator?.id ?? '',
      version: estimator?.version ?? '',
      chosenBy: chosenBy ?? '',
      runs: n.runs,
    })),
    rows: targets.map(({ mixture }, index) => ({
      key: mixture,
      mean: column(index, ({ mean }) => mean),
      low: column(index, ({ low }) => low),
      high: column(index, ({ high }) => high),
      extrapolates: fitted.some(({ rows }) => rows[index]?.outsideHull === true),
      hullDistance: column(index, ({ hullDistance }) => hullDistance).reduce(
        (most, distance) => Math.max(most, distance),
        0,
      ),
    })),
    warnings: predictionWarnings(outcomes, fitted),
  };
}

function predictionWarnings(outcomes: readonly PredictedOutcome[], fitted: readonly PredictedOutcome[]) {
  const missing = outcomes.filter((outcome) => !fitted.includes(outcome)).map(({ capability }) => capability);
  return missing.map((capability) => ({
    code: 'no_surface',
    text: `Too few training runs to fit a surface for ${capability}.`,
  }));
}
