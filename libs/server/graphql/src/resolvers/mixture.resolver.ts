import { Inject } from '@nestjs/common';
import { Args, Mutation as GraphMutation, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import type { RowOf } from '@tributary/kernel';
import { currentPlan, currentWeights } from '@tributary/mixture';
import type { MixtureCommand } from '@tributary/mixture';
import { answered, freshness, freshnessOfTables } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { commandMixture } from '../command-mixture.ts';
import { exposureAtHorizon } from '../drift/planned-exposure.ts';
import { runDrift } from '../drift/run-drift.ts';
import { MixtureUnit } from '../generated/schema.ts';
import type {
  Mixture,
  MixtureOutcome,
  MixtureWeight,
  MutationApproveMixtureArgs,
  MutationSupersedeMixtureArgs,
  Query,
  QueryMixtureArgs,
  QueryMixtureDriftArgs,
  QueryPlannedExposureArgs,
} from '../generated/schema.ts';
import { unknown } from '../known.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

@Resolver()
export class MixtureResolver {
  readonly #runtime: Runtime;
  /** Resolves when the last command is recorded. Commands run one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('mixture')
  async mixture(@Args() { id, asOf }: QueryMixtureArgs): Promise<Query['mixture']> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = { mixture_id: id, as_of: fresh.position };
    const [plan] = await reader.all(currentPlan, params);
    if (!plan) throw unknown('mixture', id, fresh);
    const weights = await reader.all(currentWeights, params);
    return {
      id,
      experiment: plan.experiment_id || null,
      unit: valueOf(MixtureUnit, plan.unit, 'the unit of a mixture'),
      displacement: plan.displacement || null,
      parent: plan.parent_mixture_id || null,
      rationale: plan.rationale,
      decidedBy: plan.decided_by,
      approvedBy: plan.approved_by || null,
      supersededBy: plan.superseded_by || null,
      ...circumstancesOf(plan),
      weights: weights.map(weightOf),
      warnings: plan.flags.map((code) => ({ code, text: WARNINGS.get(code) ?? code })),
      ...answered(fresh, { positions: plan.evidence }),
    };
  }

  @GraphQuery('mixtureDrift')
  async mixtureDrift(@Args() { asOf, ...asked }: QueryMixtureDriftArgs): Promise<Query['mixtureDrift']> {
    return runDrift(this.#runtime, await freshnessOfTables(this.#runtime, asOf), asked);
  }

  @GraphQuery('plannedExposure')
  async plannedExposure(
    @Args() { asOf, ...asked }: QueryPlannedExposureArgs,
  ): Promise<Query['plannedExposure']> {
    return exposureAtHorizon(this.#runtime, await freshness(this.#runtime, asOf), asked);
  }

  @GraphMutation('approveMixture')
  approveMixture(@Args() { id, approvedBy, note }: MutationApproveMixtureArgs): Promise<MixtureOutcome> {
    return this.#command({ type: 'approve', mixtureId: id, approvedBy, ...(note && { note }) });
  }

  @GraphMutation('supersedeMixture')
  supersedeMixture(@Args() { id, ...command }: MutationSupersedeMixtureArgs): Promise<MixtureOutcome> {
    return this.#command({ type: 'supersede', mixtureId: id, ...command });
  }

  async #command(command: MixtureCommand): Promise<MixtureOutcome> {
    const next = this.#last.then(() => commandMixture(this.#runtime, command));
    this.#last = next.catch(() => undefined);
    const outcome = await next;
    if (outcome.ok) return { __typename: 'MixtureRecorded', position: outcome.position };
    return { __typename: 'MixtureRefused', refusal: outcome.refusal };
  }
}

const circumstancesOf = (
  plan: RowOf<typeof currentPlan>,
): Pick<
  Mixture,
  'name' | 'snapshot' | 'citation' | 'taxonomyVersion' | 'missing' | 'alternatives' | 'predictedEffects'
> => ({
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

const weightOf = ({
  from_step,
  ends_at,
  label,
  source,
  ...weight
}: RowOf<typeof currentWeights>): MixtureWeight => ({
  ...weight,
  fromStep: from_step,
  endsAt: ends_at,
  label: label || null,
  source: source || null,
});

const WARNINGS: ReadonlyMap<string, string> = new Map([
  ['weights_all_zero', 'Every weight of a phase is zero, so the phase has no shares.'],
  [
    'shares_do_not_sum_to_one',
    'The token shares of a phase do not sum to one; the shares shown are renormalised.',
  ],
  ['slice_twice_in_phase', 'A slice occurs twice in a phase.'],
]);
