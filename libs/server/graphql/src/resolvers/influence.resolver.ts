import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { influences } from '@tributary/influence';
import type { RowOf } from '@tributary/kernel';
import { answered, evidenceOf, freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { connectionOf, sizeOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { InfluenceLevel } from '../generated/schema.ts';
import type { InfluenceScore, Query, QueryInfluencesArgs } from '../generated/schema.ts';
import { freshnessWithoutRows } from '../known.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

/** The first of the rows of a checkpoint, whatever they are. */
const ANY = { estimator: null, benchmark: null, item: null, after: '', first: 1 };

@Resolver()
export class InfluenceResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('influences')
  async influences(
    @Args() { checkpoint, estimator, benchmark, item, asOf, ...page }: QueryInfluencesArgs,
  ): Promise<Counted<NonNullable<Query['influences']>>> {
    const fresh = await freshness(this.#runtime, asOf);
    const params = {
      checkpoint_id: checkpoint,
      estimator: estimator ?? null,
      benchmark: benchmark ?? null,
      item: item ?? null,
      after: page.after ?? '',
      first: sizeOf(page),
      as_of: fresh.position,
    };
    const { reader } = this.#runtime.engine;
    const connection = await connectionOf({ reader, fresh }, influences, params, {
      node: scoreOf,
      cursor: ({ page_key }) => page_key,
      evidence: ({ evidence }) => ({ positions: [evidence] }),
    });
    if (connection.nodes.length > 0 || (await reader.all(influences, { ...params, ...ANY })).length > 0)
      return { ...connection, checkpoint };
    const named = { kind: 'checkpoint', id: checkpoint, reason: 'no influence scores recorded' } as const;
    const known = await freshnessWithoutRows(reader, fresh, named);
    return { ...connection, ...answered(known, { positions: [] }), checkpoint };
  }
}

const scoreOf = (row: RowOf<typeof influences>): InfluenceScore => ({
  run: row.run_id || null,
  estimator: row.estimator,
  estimatorVersion: row.estimator_version || null,
  damping: row.damping,
  capability: row.capability || null,
  benchmark: row.benchmark || null,
  item: row.item || null,
  level: valueOf(InfluenceLevel, row.level, 'the level of an influence score'),
  ref: row.ref,
  score: row.score,
  validity: validityOf(row),
  evidence: evidenceOf([row.evidence]),
});

const validityOf = ({
  validity,
  validity_measure: measure,
  validity_subsets: subsets,
}: RowOf<typeof influences>) => (validity === null ? null : { measure, value: validity, subsets });
