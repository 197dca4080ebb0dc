import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import type { RowOf } from '@tributary/kernel';
import { loads } from '@tributary/routing';
import { answered, evidenceOf, freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { connectionOf, sizeOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { Method, RoutingChoice } from '../generated/schema.ts';
import type { Query, QueryRoutingLoadsArgs, RoutingLoad } from '../generated/schema.ts';
import { freshnessWithoutRows } from '../known.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

/** The first of the rows of a checkpoint, whatever they are. */
const ANY = { probe_set: null, domain: null, after: '', first: 1 };

@Resolver()
export class RoutingResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('routingLoads')
  async routingLoads(
    @Args() { checkpoint, probeSet, domain, asOf, ...page }: QueryRoutingLoadsArgs,
  ): Promise<Counted<NonNullable<Query['routingLoads']>>> {
    const fresh = await freshness(this.#runtime, asOf);
    const params = {
      checkpoint_id: checkpoint,
      probe_set: probeSet ?? null,
      domain: domain ?? null,
      after: page.after ?? '',
      first: sizeOf(page),
      as_of: fresh.position,
    };
    const { reader } = this.#runtime.engine;
    const connection = await connectionOf({ reader, fresh }, loads, params, {
      node: loadOf,
      cursor: ({ page_key }) => page_key,
      evidence: ({ evidence }) => ({ positions: [evidence] }),
    });
    if (connection.nodes.length > 0 || (await reader.all(loads, { ...params, ...ANY })).length > 0)
      return { ...connection, checkpoint };
    const named = { kind: 'checkpoint', id: checkpoint, reason: 'no routing loads recorded' } as const;
    const known = await freshnessWithoutRows(reader, fresh, named);
    return { ...connection, ...answered(known, { positions: [] }), checkpoint };
  }
}

const loadOf = (row: RowOf<typeof loads>): RoutingLoad => ({
  run: row.run_id || null,
  step: row.step,
  probeSet: row.probe_set,
  domain: row.domain,
  layer: row.layer,
  topK: row.top_k,
  choice: valueOf(RoutingChoice, row.choice, 'the choice of a routing load'),
  counts: row.counts,
  tokens: row.tokens,
  pairVariant: row.pair_variant || null,
  pairs: row.pairs,
  method: valueOf(Method, row.method, 'the method of a routing load'),
  evidence: evidenceOf([row.evidence]),
});
