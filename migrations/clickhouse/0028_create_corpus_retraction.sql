-- Shards that must not be used any more, from this position on.
CREATE TABLE IF NOT EXISTS tributary.corpus_retraction /*on_cluster*/
(
    shard_id String,
    reason String,
    actor String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (shard_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
