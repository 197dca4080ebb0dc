import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import type { Attributor, Outcome, RankingAnswer } from '@tributary/attribution-jobs';
import { answered, freshness, incomplete } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { DecisionAccuracyRefusal } from '../generated/schema.ts';
import type { Query, QueryDecisionAccuracyArgs, ScaleInput } from '../generated/schema.ts';
import { evidenceIn } from '../ledger/attribution-answer.ts';
import { ATTRIBUTOR, RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

@Resolver()
export class RankingResolver {
  readonly #runtime: Runtime;
  readonly #attributor: Attributor;

  constructor(@Inject(RUNTIME) runtime: Runtime, @Inject(ATTRIBUTOR) attributor: Attributor) {
    this.#runtime = runtime;
    this.#attributor = attributor;
  }

  @GraphQuery('decisionAccuracy')
  async decisionAccuracy(
    @Args() { asOf, small, target, proxy, ...outcome }: QueryDecisionAccuracyArgs,
  ): Promise<Query['decisionAccuracy']> {
    const fresh = await freshness(this.#runtime, asOf);
    const request = {
      small: scaleOf(small),
      target: scaleOf(target),
      outcome: outcomeOf(outcome),
      ...(proxy && { proxy: outcomeOf(proxy) }),
    };
    const found = await this.#attributor.rank(request, fresh.position);
    if (!found.ok) {
      const refusal = valueOf(DecisionAccuracyRefusal, found.refusal, 'the refusal of a ranking');
      return { __typename: 'DecisionAccuracyRefused', refusal, text: found.text };
    }
    const {
      ok: _,
      evidence,
      notRead,
      singleRun = null,
      repeatability = null,
      smallScale,
      targetScale,
      ...ranking
    } = found;
    const unread =
      notRead === 0 ? undefined : `${notRead} runs were not read: there are more than one answer can look at`;
    return {
      __typename: 'DecisionAccuracy',
      ...ranking,
      singleRun,
      repeatability,
      smallScale: rankedScale(smallScale),
      targetScale: rankedScale(targetScale),
      ...answered(incomplete(fresh, unread), evidenceIn({ evidence })),
    };
  }
}

const scaleOf = ({ parameters, tokens }: ScaleInput) => ({ parameters, tokens: tokens ?? undefined });

const rankedScale = ({ tokens, ...scale }: RankingAnswer['smallScale']) => ({
  ...scale,
  tokens: tokens ?? null,
});

type Measured = {
  readonly capability: string;
  readonly benchmark?: string | null | undefined;
  readonly metric?: string | null | undefined;
};

const outcomeOf = ({ capability, benchmark, metric }: Measured): Outcome => ({
  capability,
  benchmark: benchmark ?? undefined,
  metric: metric ?? undefined,
});
