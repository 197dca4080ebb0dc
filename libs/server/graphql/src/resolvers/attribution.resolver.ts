import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import type { Attributor } from '@tributary/attribution-jobs';
import { answered, freshness, merged } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { sizeOf, unknownCursor } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { AttributionRefusal, DesignRefusal, PredictionRefusal } from '../generated/schema.ts';
import type {
  Query,
  QueryAttributionArgs,
  QueryDesignArgs,
  QueryExperimentsArgs,
  QueryPredictionArgs,
} from '../generated/schema.ts';
import {
  attributionOf,
  countingOf,
  effectOf,
  evidenceIn,
  measurementsIn,
  withLacks,
} from '../ledger/attribution-answer.ts';
import { slicesOf } from '../ledger/measured-slices.ts';
import { ATTRIBUTOR, RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

@Resolver()
export class AttributionResolver {
  readonly #runtime: Runtime;
  readonly #attributor: Attributor;

  constructor(@Inject(RUNTIME) runtime: Runtime, @Inject(ATTRIBUTOR) attributor: Attributor) {
    this.#runtime = runtime;
    this.#attributor = attributor;
  }

  @GraphQuery('experiments')
  async experiments(
    @Args() { asOf, origin, ...page }: QueryExperimentsArgs,
  ): Promise<Counted<Query['experiments']>> {
    const first = sizeOf(page);
    const fresh = await freshness(this.#runtime, asOf);
    const asked = { first, after: page.after ?? undefined };
    const found = await this.#attributor.experiments(fresh.position, origin ?? undefined, asked);
    const { experiments, leftOut, total, start } = found;
    if (start === null) throw unknownCursor(page);
    return {
      ...answered(fresh, merged(experiments.map(evidenceIn))),
      nodes: experiments,
      leftOut,
      pageInfo: {
        hasNextPage: start + experiments.length < total,
        endCursor: experiments.at(-1)?.id ?? null,
      },
      totalCount: () => Promise.resolve(total),
    };
  }

  @GraphQuery('attribution')
  async attribution(@Args() { asOf, ...args }: QueryAttributionArgs): Promise<Query['attribution']> {
    const fresh = await freshness(this.#runtime, asOf);
    const question = {
      capabilities: args.capabilities ?? undefined,
      slices: args.slices ?? undefined,
      displacement: args.displacement ?? undefined,
      experiment: args.experiment ?? undefined,
      negativeControlOutcomes: args.negativeControlOutcomes ?? undefined,
      by: slicesOf(args.by),
      recorded: { family: args.family ?? undefined },
    };
    const found = await this.#attributor.attribute(question, fresh.position);
    if (!found.ok) {
      const refusal = valueOf(AttributionRefusal, found.refusal, 'the refusal of a question');
      return { __typename: 'AttributionRefused', refusal, text: found.text };
    }
    return { __typename: 'Attribution', ...attributionOf(found, fresh) };
  }

  @GraphQuery('prediction')
  async prediction(
    @Args() { experiment, mixtures, by, model, asOf }: QueryPredictionArgs,
  ): Promise<Query['prediction']> {
    const fresh = await freshness(this.#runtime, asOf);
    const options = { by: slicesOf(by), model: model ?? undefined };
    const answer = await this.#attributor.predict(experiment, mixtures, fresh.position, options);
    if (!answer.ok) {
      const refusal = valueOf(PredictionRefusal, answer.refusal, 'the refusal of a prediction');
      return { __typename: 'PredictionRefused', refusal, text: answer.text };
    }
    const { ok: _, evidence, counting, model: exported = null, ...prediction } = answer;
    const behind = merged([evidenceIn({ evidence }), ...measurementsIn(counting)]);
    return {
      __typename: 'Prediction',
      ...answered(withLacks(fresh, counting, prediction.warnings), behind),
      ...prediction,
      counting: countingOf(counting),
      model: exported,
    };
  }

  @GraphQuery('design')
  async design(@Args() { asOf, ...args }: QueryDesignArgs): Promise<Query['design']> {
    const fresh = await freshness(this.#runtime, asOf);
    const question = {
      capability: args.capability,
      slice: args.slice,
      displacement: args.displacement ?? undefined,
      experiment: args.experiment ?? undefined,
      effect: args.effect ?? undefined,
      runs: args.runs ?? undefined,
      power: args.power ?? undefined,
      level: args.level ?? undefined,
    };
    const found = await this.#attributor.design(question, fresh.position);
    if (!found.ok) {
      const refusal = valueOf(DesignRefusal, found.refusal, 'the refusal of a design');
      return { __typename: 'DesignRefused', refusal, text: found.text };
    }
    const { ok: _, evidence, plans, ...designed } = found;
    return {
      __typename: 'ExperimentDesign',
      ...answered(fresh, evidenceIn({ evidence })),
      ...designed,
      plans: plans.map((plan) => ({ ...plan, now: plan.now && effectOf(plan.now) })),
    };
  }
}
