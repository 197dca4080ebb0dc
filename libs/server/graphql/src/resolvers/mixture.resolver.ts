import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { RowOf } from '@tributary/kernel';
import { currentPlan, currentWeights } from '@tributary/mixture';
import type { MixtureCommand } from '@tributary/mixture';
import { evidenceOf, freshness } from '../freshness.ts';
import { commandMixture } from '../command-mixture.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';

@Resolver()
export class MixtureResolver {
  readonly #runtime: Runtime;
  /** Commands take turns: each decides on what the one before it has recorded. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('mixture')
  async mixture(@Args() { id, asOf }: { id: string; asOf?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = { mixture_id: id, as_of: fresh.places };
    const [plan] = await reader.all(currentPlan, params);
    if (!plan) return null;
    const weights = await reader.all(currentWeights, params);
    return {
      id,
      experiment: plan.experiment_id || null,
      unit: plan.unit,
      displacement: plan.displacement || null,
      parent: plan.parent_mixture_id || null,
      rationale: plan.rationale,
      decidedBy: plan.decided_by,
      approvedBy: plan.approved_by || null,
      supersededBy: plan.superseded_by || null,
      ...circumstancesOf(plan),
      weights: weights.map(weightOf),
      warnings: plan.flags.map((code) => ({ code, text: FLAGS[code] ?? code })),
      evidence: evidenceOf(plan.evidence),
      ...fresh,
    };
  }

  @Mutation('approveMixture')
  approveMixture(@Args() { id, ...command }: { id: string; approvedBy: string; note?: string }) {
    return this.#command({ type: 'approve', mixtureId: id, ...command });
  }

  @Mutation('supersedeMixture')
  supersedeMixture(
    @Args() { id, ...command }: { id: string; supersededBy: string; reason: string; actor: string },
  ) {
    return this.#command({ type: 'supersede', mixtureId: id, ...command });
  }

  async #command(command: MixtureCommand) {
    const next = this.#turn.then(() => commandMixture(this.#runtime, command));
    this.#turn = next.catch(() => undefined);
    const outcome = await next;
    if (!outcome.ok) return { __typename: 'MixtureRefused', refusal: outcome.refusal };
    return { __typename: 'MixtureRecorded', position: outcome.position };
  }
}

const circumstancesOf = (plan: RowOf<typeof currentPlan>) => ({
  name: plan.name || null,
  snapshot: plan.snapshot_id || null,
  citation: plan.citation || null,
  taxonomyVersion: plan.taxonomy_version || null,
  missing: plan.missing,
  alternatives: plan.alternatives.map(({ description, mixture_id }) => ({
    description,
    mixture: mixture_id || null,
  })),
  predictedEffects: plan.predicted_effects,
});

const weightOf = ({ from_step, ends_at, label, source, ...weight }: RowOf<typeof currentWeights>) => ({
  ...weight,
  fromStep: from_step,
  endsAt: ends_at,
  label: label || null,
  source: source || null,
});

const FLAGS: Readonly<Record<string, string>> = {
  weights_all_zero: 'Every weight of a phase is zero, so it has no shares.',
  shares_do_not_sum_to_one: 'Token shares of a phase do not sum to one; shares shown are renormalised.',
  slice_twice_in_phase: 'A slice stands twice in a phase.',
};
