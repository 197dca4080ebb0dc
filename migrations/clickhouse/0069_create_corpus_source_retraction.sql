-- Snapshots and published packages that must not be used any more, from this position on, with all of their shards.
CREATE TABLE IF NOT EXISTS tributary.corpus_source_retraction /*on_cluster*/
(
    source_kind LowCardinality(String),
    source_ref String,
    reason String,
    actor String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (source_kind, source_ref, _position)
SETTINGS non_replicated_deduplication_window = 10000
