import type { Fact } from '@tributary/contracts';

/** The shards that a fact names, so that they are found under their other addresses: once each. */
export const namedShards = (fact: Fact): string[] => [...new Set(namedIn(fact))];

function namedIn(fact: Fact): readonly string[] {
  switch (fact.type) {
    case 'corpus.shard.retracted':
      return [fact.data.shardId];
    case 'corpus.members.listed':
      return fact.data.members.map(({ shardId }) => shardId);
    case 'corpus.snapshot.registered':
      return (fact.data.sources ?? []).flatMap(({ kind, ref }) => (kind === 'shard' ? ref : []));
    case 'corpus.step.completed':
      return referred([...(fact.data.inputs ?? []), ...(fact.data.outputs ?? [])]);
    case 'corpus.attribute.measured':
      return fact.data.subjectKind === 'shard' ? fact.data.values.map(({ ref }) => ref) : [];
    case 'corpus.alias.declared':
      return fact.data.kind === 'pair' ? [fact.data.address, fact.data.other] : [];
    default:
      return usedIn(fact);
  }
}

/** Shards that searches and facts of other contexts name, which may be registered and listed nowhere. */
function usedIn(fact: Fact): readonly string[] {
  switch (fact.type) {
    case 'corpus.contamination.found':
      return [fact.data.shardId];
    case 'training.exposure.recorded':
      return fact.data.amounts.flatMap(({ shardId }) => shardId ?? []);
    case 'training.order.recorded':
      return ordered(fact.data.order);
    case 'influence.scores.recorded':
      return referred(fact.data.refs);
    case 'attribution.question.answered':
      return referred(fact.data.uses ?? []);
    default:
      return [];
  }
}

type Order = Fact<'training.order.recorded'>['data']['order'];

function ordered({ ranges, megatronIndex }: Order): string[] {
  const read = (ranges?.steps ?? []).flatMap((step) => step.map(({ shardId }) => shardId));
  return [...read, ...(megatronIndex?.corpora ?? []).flatMap(({ shardId }) => shardId ?? [])];
}

const PREFIX = 'shard:';

/** What references of the kind `shard` name. */
const referred = (refs: readonly string[]): string[] =>
  refs.flatMap((ref) => (ref.startsWith(PREFIX) && ref !== PREFIX ? ref.slice(PREFIX.length) : []));
