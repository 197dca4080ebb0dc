import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

/** The decision of a mixture of one phase. */
export const decided = (mixtureId: string, weights: Record<string, number>, more: object = {}): SentEvent =>
  fact('mixture.plan.decided', {
    mixtureId,
    unit: 'token_share',
    phases: [phase(1, weights)],
    rationale: 'r',
    decidedBy: 'd',
    ...more,
  });

/** A phase of a plan. */
export const phase = (fromStep: number, weights: Record<string, number>) => ({
  name: `from ${fromStep}`,
  fromStep,
  weights: Object.entries(weights).map(([slice, weight]) => ({ slice, weight })),
});

/** A registered shard of the split `train`, unless it says another one. */
export const shard = (shardId: string, slice: string, more: object): SentEvent => ({
  ...fact('corpus.shard.registered', { shardId, uri: `file:///${shardId}`, slice, split: 'train', ...more }),
  dataschema: 'urn:tributary:schema:corpus.shard.registered:2.0',
});
