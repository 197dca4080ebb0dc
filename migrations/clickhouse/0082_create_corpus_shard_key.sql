-- By what shards are found that may be the same: the digests that were registered, and the names of files in addresses.
CREATE TABLE IF NOT EXISTS tributary.corpus_shard_key /*on_cluster*/
(
    key String,
    shard_id String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (key, shard_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
