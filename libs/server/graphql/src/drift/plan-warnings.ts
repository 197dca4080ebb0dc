import { formatEventPosition } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { currentPlan } from '@tributary/mixture';
import type { PhaseInForce } from '@tributary/mixture';
import type { Warning } from '../generated/schema.ts';
import { sumOf } from './compare.ts';

/** Largest deviation of a sum of weights from one that is not named: published mixtures are rounded. */
const ROUNDED = 1e-6;

/** Parts that decisions leave out, with their weight in the unit of the plan: a reason why what was planned is not all. */
export function leftOut(phases: readonly PhaseInForce[]): string[] {
  const decisions = new Map(phases.map((phase) => [phase.decision, phase]));
  return [...decisions.values()]
    .filter(({ missing }) => missing.length > 0)
    .map(({ mixture_id, decision, missing }) => {
      const weight = missing.reduce((sum, part) => sum + part.weight, 0);
      const names = missing.slice(0, 3).map(({ description }) => description);
      const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : '';
      const at = formatEventPosition(decision);
      return `the decision of ${mixture_id} at ${at} leaves out parts of weight ${weight} without slices: ${names.join(', ')}${more}`;
    });
}

/** Of mixtures that another one supersedes. */
export async function superseded(
  reader: SqlReader,
  mixtures: readonly string[],
  as_of: LogPosition,
): Promise<Warning[]> {
  const plans = await Promise.all(
    mixtures.map((mixture_id) => reader.all(currentPlan, { mixture_id, as_of })),
  );
  return plans
    .flat()
    .filter(({ superseded_by }) => superseded_by !== '')
    .map(({ mixture_id, superseded_by }) => ({
      code: 'plan_superseded',
      text: `Mixture ${mixture_id} is superseded by ${superseded_by}.`,
    }));
}

/** Of weights that do not sum to one, and of weights without a unit. */
export function oddWeights(phases: readonly PhaseInForce[]): Warning[] {
  const shares = phases.filter(({ unit }) => unit === 'token_share' || unit === 'unnormalised');
  const odd = shares.find(({ weights }) => Math.abs(sumOf(weights) - 1) > ROUNDED);
  const unstated = shares.find(({ unit }) => unit === 'unnormalised');
  return [
    ...(odd
      ? [
          {
            code: 'weights_normalised',
            text: `The weights of phase ${odd.phase} of ${odd.mixture_id} sum to ${sumOf(odd.weights)}; shares are weights divided by that.`,
          },
        ]
      : []),
    ...(unstated
      ? [
          {
            code: 'unit_not_stated',
            text: `The weights of ${unstated.mixture_id} have no stated unit; they are taken for shares of tokens.`,
          },
        ]
      : []),
  ];
}
