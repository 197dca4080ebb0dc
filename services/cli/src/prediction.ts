import type { PredictionQuery } from './generated/documents.ts';

export type Prediction = Extract<PredictionQuery['prediction'], { readonly __typename: 'Prediction' }>;
type Surface = Prediction['surfaces'][number];

/** schemas/answers/predict.json */
export function predictAnswer(prediction: Prediction) {
  const { experiment, outcomes, surfaces, warnings, asOf, complete, lag, counting } = prediction;
  const named = (values: readonly number[]) =>
    Object.fromEntries(outcomes.map((outcome, at) => [outcome, values[at] ?? null]));
  const rows = prediction.rows.map((row) => {
    return { ...row, mean: named(row.mean), low: named(row.low), high: named(row.high) };
  });
  const units = Object.fromEntries(surfaces.map(({ outcome, unit }) => [outcome, unit]));
  const whole = { warnings, asOf, complete, lag, ...(counting && { counting }) };
  return { experiment, ...surfaceOf(surfaces), outcomes, units, rows, ...whole };
}

/** One surface where all outcomes share it; otherwise `mixed`, and the surface of each outcome in `surfaces`. */
function surfaceOf(surfaces: readonly Surface[]) {
  const common = (read: (surface: Surface) => string, otherwise: string) => {
    const [first = '', ...others] = new Set(surfaces.map(read));
    return others.length > 0 ? otherwise : first;
  };
  const surface = {
    id: common(({ id }) => id, 'mixed'),
    version: common(({ version }) => version, 'mixed'),
    chosenBy: common(({ chosenBy }) => chosenBy, 'chosen for each outcome: see surfaces'),
  };
  const each = surfaces.map(
    ({ outcome, id, version, chosenBy }) => [outcome, { id, version, chosenBy }] as const,
  );
  const distinct = new Set(each.map(([, chosen]) => JSON.stringify(chosen)));
  return distinct.size > 1 ? { surface, surfaces: Object.fromEntries(each) } : { surface };
}
