import { Inject } from '@nestjs/common';
import { Args, Context, Mutation as GraphMutation, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { freshness } from '../answer.ts';
import { actingAs } from '../caller.ts';
import type { CallContext } from '../caller.ts';
import type {
  MutationRetractArgs,
  Query,
  QueryRetractionImpactArgs,
  RetractOutcome,
} from '../generated/schema.ts';
import { retractionImpact } from '../retraction-impact.ts';
import { retract } from '../retract.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

/** Nodes that an impact visits where a question names no number. */
const NODES = 2_000;

@Resolver()
export class RetractionResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('retractionImpact')
  async impact(
    @Args() { target, id, maxNodes, asOf }: QueryRetractionImpactArgs,
  ): Promise<Query['retractionImpact']> {
    const fresh = await freshness(this.#runtime, asOf);
    return retractionImpact(this.#runtime.engine.reader, fresh, { target, id, maxNodes: maxNodes ?? NODES });
  }

  @GraphMutation('retract')
  retract(@Args() args: MutationRetractArgs, @Context() context: CallContext): Promise<RetractOutcome> {
    return retract(this.#runtime, { ...args, actor: actingAs(context, args.actor) });
  }
}
