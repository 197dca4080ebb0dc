import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import type { RowOf } from '@tributary/kernel';
import { loads } from '@tributary/routing';
import { evidenceOf, freshness } from '../freshness.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';
import { nextOf, pageSize } from './page.ts';

type LoadArgs = {
  checkpoint: string;
  probeSet?: string;
  domain?: string;
  first: number;
  after?: string;
  asOf?: string;
};

@Resolver()
export class RoutingResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('routingLoads')
  async routingLoads(@Args() { checkpoint, probeSet, domain, first, after, asOf }: LoadArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const rows = await this.#runtime.engine.reader.all(loads, {
      checkpoint_id: checkpoint,
      probe_set: probeSet ?? null,
      domain: domain ?? null,
      after: after ?? '',
      first: pageSize(first),
      as_of: fresh.places,
    });
    const next = nextOf(rows, first, ({ page_key }) => page_key);
    return { ...fresh, checkpoint, loads: rows.map(loadOf), next };
  }
}

const loadOf = (row: RowOf<typeof loads>) => ({
  run: row.run_id || null,
  step: row.step,
  probeSet: row.probe_set,
  domain: row.domain,
  layer: row.layer,
  topK: row.top_k,
  choice: row.choice,
  counts: row.counts,
  tokens: row.tokens,
  pairVariant: row.pair_variant || null,
  pairs: row.pairs,
  method: row.method,
  evidence: evidenceOf([row.evidence]),
});
