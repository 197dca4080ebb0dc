import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Asked, Attributor, MixtureInput } from '@tributary/attribution-jobs';
import { freshness } from '../freshness.ts';
import type { Runtime } from '../runtime.ts';
import { ATTRIBUTOR, RUNTIME } from '../runtime.ts';

type AttributionArgs = Asked & { readonly asOf?: string };
type PredictionArgs = { experiment: string; mixtures: MixtureInput[]; asOf?: string };

@Resolver()
export class AttributionResolver {
  readonly #runtime: Runtime;
  readonly #attributor: Attributor;

  constructor(@Inject(RUNTIME) runtime: Runtime, @Inject(ATTRIBUTOR) attributor: Attributor) {
    this.#runtime = runtime;
    this.#attributor = attributor;
  }

  @Query('experiments')
  async experiments(@Args() { asOf }: { asOf?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const summaries = await this.#attributor.experiments(fresh.places);
    return summaries.map((summary) => ({ ...summary, asOf: fresh.asOf }));
  }

  @Query('attribution')
  async attribution(@Args() { asOf, ...asked }: AttributionArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const answer = await this.#attributor.attribute(asked, fresh.places);
    return answer.ok
      ? { __typename: 'Attribution', ...answer, ...fresh }
      : { __typename: 'AttributionRefused', ...answer };
  }

  @Query('prediction')
  async prediction(@Args() { experiment, mixtures, asOf }: PredictionArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const answer = await this.#attributor.predict(experiment, mixtures, fresh.places);
    return answer.ok
      ? { __typename: 'Prediction', ...answer, ...fresh }
      : { __typename: 'PredictionRefused', ...answer };
  }
}
