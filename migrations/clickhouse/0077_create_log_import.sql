-- Imports of files that began.
CREATE TABLE IF NOT EXISTS tributary.log_import /*on_cluster*/
(
    import_id String,
    paths Array(String),
    program LowCardinality(String),
    actor String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (import_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
