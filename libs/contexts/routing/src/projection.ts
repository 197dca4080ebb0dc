import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { Row, TableRows } from '@tributary/kernel';

export const routingProjection: Projection = {
  context: 'routing',
  tables: ['routing_load'],
  project: (fact: Fact, stamp: Stamp): TableRows =>
    fact.type === 'routing.load.observed' ? { routing_load: [load(fact.data, stamp)] } : {},
};

const load = (data: Fact<'routing.load.observed'>['data'], stamp: Stamp): Row => ({
  ...stamp,
  checkpoint_id: data.checkpointId,
  run_id: data.runId ?? '',
  step: data.step ?? null,
  probe_set: data.probeSet,
  domain: data.domain,
  layer: data.layer,
  top_k: data.topK,
  choice: data.choice,
  counts: data.counts,
  tokens: data.tokens ?? null,
  pair_variant: data.coActivation?.variant ?? '',
  pairs: data.coActivation?.pairs ?? [],
  method: data.method,
});
