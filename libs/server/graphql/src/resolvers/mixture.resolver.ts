import { Inject } from '@nestjs/common';
import { Args, Context, Mutation as GraphMutation, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { formatEventPosition, parseEventPosition } from '@tributary/kernel';
import type { Position, RowOf } from '@tributary/kernel';
import { currentPlan, currentWeights, planFlags } from '@tributary/mixture';
import { answered, freshness, freshnessOfTables, incomplete } from '../answer.ts';
import { actingAs } from '../caller.ts';
import type { CallContext } from '../caller.ts';
import { valueOf } from '../closed-set.ts';
import { commandMixture } from '../command-mixture.ts';
import type { AskedCommand } from '../command-mixture.ts';
import { exposureAtHorizon } from '../drift/planned-exposure.ts';
import { runDrift } from '../drift/run-drift.ts';
import { MixtureRefusal, MixtureUnit } from '../generated/schema.ts';
import type {
  Mixture,
  MixtureOutcome,
  MixtureWeight,
  MutationApproveMixtureArgs,
  MutationDecideMixtureArgs,
  MutationSupersedeMixtureArgs,
  Query,
  QueryMixtureArgs,
  QueryMixtureDriftArgs,
  QueryPlannedExposureArgs,
  Warning,
} from '../generated/schema.ts';
import { unknown } from '../known.ts';
import { planOf, predictionsOf, successorsOf, undecidedSuccessor, warningsOf } from '../mixture-plan.ts';
import { uncounted } from '../queries.ts';
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
    const successors = await successorsOf(reader, plan, fresh.position);
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
      warnings: [...warningsOf(plan.flags), ...successors.warnings],
      ...answered(incomplete(fresh, successors.lacking), {
        positions: [...plan.evidence, ...successors.evidence],
      }),
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

  @GraphMutation('decideMixture')
  decideMixture(
    @Args() { plan: input, replace }: MutationDecideMixtureArgs,
    @Context() context: CallContext,
  ): Promise<MixtureOutcome> {
    const plan = planOf(input, actingAs(context, input.decidedBy));
    return this.#command({ type: 'decide', plan, replace: replace ?? false });
  }

  @GraphMutation('approveMixture')
  approveMixture(
    @Args() { id, approvedBy, note }: MutationApproveMixtureArgs,
    @Context() context: CallContext,
  ): Promise<MixtureOutcome> {
    const approver = actingAs(context, approvedBy);
    return this.#command({ type: 'approve', mixtureId: id, approvedBy: approver, ...(note && { note }) });
  }

  @GraphMutation('supersedeMixture')
  supersedeMixture(
    @Args() { id, actor, ...command }: MutationSupersedeMixtureArgs,
    @Context() context: CallContext,
  ): Promise<MixtureOutcome> {
    const by = actingAs(context, actor);
    return this.#command({ type: 'supersede', mixtureId: id, actor: by, ...command });
  }

  async #command(command: AskedCommand): Promise<MixtureOutcome> {
    const { log, blobs } = this.#runtime;
    const store = { log, blobs, uncounted: this.#uncounted };
    const next = this.#last.then(() => commandMixture(store, command));
    this.#last = next.catch(() => undefined);
    const outcome = await next;
    if (!outcome.ok) {
      const refusal = valueOf(MixtureRefusal, outcome.refusal, 'the refusal of a command');
      return { __typename: 'MixtureRefused', refusal, text: outcome.text };
    }
    await this.#runtime.projector.reached(this.#runtime.log.head());
    const { position, isNew } = outcome;
    return { __typename: 'MixtureRecorded', position, isNew, warnings: await this.#oddIn(command) };
  }

  readonly #uncounted = async (positions: readonly Position[]): Promise<ReadonlySet<Position>> => {
    const { log, projector, engine } = this.#runtime;
    await projector.reached(log.head());
    const { position: as_of } = await freshnessOfTables(this.#runtime, null);
    const found = await engine.reader.all(uncounted, {
      positions: positions.map(parseEventPosition),
      as_of,
    });
    return new Set(found.map(({ position }) => formatEventPosition(position)));
  };

  async #oddIn(command: AskedCommand): Promise<Warning[]> {
    if (command.type === 'decide') return warningsOf(planFlags(command.plan));
    if (command.type === 'approve') return [];
    const { supersededBy: mixture_id } = command;
    const { position: as_of } = await freshness(this.#runtime, null);
    const [successor] = await this.#runtime.engine.reader.all(currentPlan, { mixture_id, as_of });
    return successor ? [] : [undecidedSuccessor(mixture_id)];
  }
}

const circumstancesOf = (
  plan: RowOf<typeof currentPlan>,
): Pick<
  Mixture,
  | 'name'
  | 'snapshot'
  | 'citation'
  | 'taxonomyVersion'
  | 'missing'
  | 'constraints'
  | 'alternatives'
  | 'predictedEffects'
> => ({
  name: plan.name || null,
  snapshot: plan.snapshot_id || null,
  citation: plan.citation || null,
  taxonomyVersion: plan.taxonomy_version || null,
  missing: plan.missing,
  constraints: plan.constraints,
  alternatives: plan.alternatives.map(({ description, mixture_id }) => ({
    description,
    mixture: mixture_id || null,
  })),
  predictedEffects: predictionsOf(plan),
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
