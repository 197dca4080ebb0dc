-- Datasets that runs said they read.
CREATE TABLE IF NOT EXISTS tributary.training_input /*on_cluster*/
(
    run_id String,
    name String,
    digest String,
    source_type LowCardinality(String),
    source String CODEC(ZSTD(3)),
    schema String CODEC(ZSTD(3)),
    profile String CODEC(ZSTD(3)),
    context LowCardinality(String),
    snapshot_id String,
    tags Map(String, String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, name, digest, _position)
SETTINGS non_replicated_deduplication_window = 10000
