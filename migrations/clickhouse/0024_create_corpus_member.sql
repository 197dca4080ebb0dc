-- Shards of a snapshot with how often each is listed.
CREATE TABLE IF NOT EXISTS tributary.corpus_member /*on_cluster*/
(
    snapshot_id LowCardinality(String),
    place UInt64 CODEC(DoubleDelta, ZSTD(1)),
    shard_id String,
    slice LowCardinality(String),
    repeats UInt32,
    label LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    INDEX by_shard shard_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = /*replicated*/MergeTree
ORDER BY (snapshot_id, place, _position)
SETTINGS non_replicated_deduplication_window = 10000
