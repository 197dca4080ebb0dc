import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { influences } from '@tributary/influence';
import type { RowOf } from '@tributary/kernel';
import { evidenceOf, freshness } from '../freshness.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';
import { nextOf, pageSize } from './page.ts';

type InfluenceArgs = {
  checkpoint: string;
  estimator?: string;
  benchmark?: string;
  item?: string;
  first: number;
  after?: string;
  asOf?: string;
};

@Resolver()
export class InfluenceResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('influences')
  async influences(@Args() { checkpoint, first, after, asOf, ...narrowed }: InfluenceArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const size = pageSize(first);
    const rows = await this.#runtime.engine.reader.all(influences, {
      checkpoint_id: checkpoint,
      estimator: narrowed.estimator ?? null,
      benchmark: narrowed.benchmark ?? null,
      item: narrowed.item ?? null,
      after: after ?? '',
      first: size,
      as_of: fresh.places,
    });
    const next = nextOf(rows, first, ({ page_key }) => page_key);
    return { ...fresh, checkpoint, scores: rows.map(scoreOf), next };
  }
}

const scoreOf = (row: RowOf<typeof influences>) => ({
  run: row.run_id || null,
  estimator: row.estimator,
  estimatorVersion: row.estimator_version || null,
  damping: row.damping,
  capability: row.capability || null,
  benchmark: row.benchmark || null,
  item: row.item || null,
  level: row.level,
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
