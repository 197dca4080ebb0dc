import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { currentPlan } from '@tributary/mixture';
import type { MixturePlan } from '@tributary/mixture';
import { valueOf } from './closed-set.ts';
import { EstimandKind } from './generated/schema.ts';
import type { MixturePlan as PlanInput, PredictedEffect, Warning } from './generated/schema.ts';

type Plan = RowOf<typeof currentPlan>;

/** Mixtures that supersede each other, in turn, of which one answer reads the plans. */
const MAX_SUCCESSORS = 100;

/** The data of the fact that an input stands for: what is null was not given. */
export const planOf = (input: PlanInput, decidedBy: string): MixturePlan =>
  JSON.parse(
    JSON.stringify({ ...input, decidedBy }, (_key, value: unknown) => (value === null ? undefined : value)),
  );

const WARNINGS: ReadonlyMap<string, string> = new Map([
  ['weights_all_zero', 'Every weight of a phase is zero, so the phase has no shares.'],
  [
    'shares_do_not_sum_to_one',
    'The token shares of a phase do not sum to one; the shares shown are renormalised.',
  ],
  ['slice_twice_in_phase', 'A slice occurs twice in a phase.'],
  ['derived_from_itself', 'The plan departs from the mixture itself.'],
]);

/** What is odd about a plan, by its flags. */
export const warningsOf = (flags: readonly string[]): Warning[] =>
  flags.map((code) => ({ code, text: WARNINGS.get(code) ?? code }));

/** The predictions of a plan. Where one names no displacement or experiment, that of the plan is meant. */
export const predictionsOf = (plan: Plan): PredictedEffect[] =>
  plan.predicted_effects.map((effect, at) => {
    const of = plan.predicted_estimands[at];
    return {
      ...effect,
      slice: of?.slice || null,
      displacement: of?.displacement || plan.displacement || null,
      experiment: of?.experiment_id || plan.experiment_id || null,
      estimand: of?.estimand ? valueOf(EstimandKind, of.estimand, 'the estimand of a prediction') : null,
    };
  });

export type Successors = {
  readonly warnings: readonly Warning[];
  /** Positions of the events behind the warnings. */
  readonly evidence: readonly number[];
  /** Why not all were read; undefined where they were. */
  readonly lacking: string | undefined;
};

/** What is odd about the mixtures that supersede one, in turn: one that nobody decided, or a cycle. */
export async function successorsOf(reader: SqlReader, plan: Plan, as_of: LogPosition): Promise<Successors> {
  const chain: Plan[] = [plan];
  for (let last: Plan = plan; last.superseded_by !== '';) {
    const names = chain.map(({ mixture_id }) => mixture_id);
    const evidence = chain.flatMap((one) => one.evidence);
    const { superseded_by: mixture_id } = last;
    if (names.includes(mixture_id)) {
      const text = `Mixtures supersede each other in a cycle: ${briefly([...names, mixture_id])}.`;
      return { warnings: [{ code: 'superseded_in_a_cycle', text }], evidence, lacking: undefined };
    }
    if (chain.length > MAX_SUCCESSORS) {
      const lacking = `more than ${MAX_SUCCESSORS} mixtures supersede ${plan.mixture_id}, in turn, and only those were read`;
      return { warnings: [], evidence: [], lacking };
    }
    const [next] = await reader.all(currentPlan, { mixture_id, as_of });
    if (!next) return { warnings: [undecidedSuccessor(mixture_id)], evidence, lacking: undefined };
    chain.push(next);
    last = next;
  }
  return { warnings: [], evidence: [], lacking: undefined };
}

/** Of a mixture that supersedes another one. */
export const undecidedSuccessor = (mixture: string): Warning => ({
  code: 'successor_not_decided',
  text: `No decision of ${mixture}, which supersedes, is recorded.`,
});

const briefly = (names: readonly string[]): string =>
  names.length > 6 ? `${names.slice(0, 3).join(', ')}, …, ${names.slice(-2).join(', ')}` : names.join(', ');
