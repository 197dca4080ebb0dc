import { upcaster } from '@tributary/contracts';
import type { EarlierCatalogue, FactCatalogue, Upcaster } from '@tributary/contracts';

type ShardV1 = EarlierCatalogue['corpus.shard.registered'][1];
type ShardV2 = FactCatalogue['corpus.shard.registered'];

/** Version 1 had one method for all counts. */
function shardV2({ bytes, documents, tokens, method, ...rest }: ShardV1): ShardV2 {
  return {
    ...rest,
    bytes: { value: bytes, method },
    documents: { value: documents, method },
    tokens: { value: tokens, method },
  };
}

export const corpusUpcasters: readonly Upcaster[] = [
  upcaster('corpus.shard.registered', 1, '140f872f944847c8', shardV2),
];
