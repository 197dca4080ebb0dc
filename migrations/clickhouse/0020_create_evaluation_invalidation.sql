-- Scores that must no longer be used.
CREATE TABLE IF NOT EXISTS tributary.evaluation_invalidation /*on_cluster*/
(
    run_id LowCardinality(String),
    capability LowCardinality(String),
    benchmark LowCardinality(String),
    metric LowCardinality(String),
    step Nullable(UInt64),
    reason String,
    actor String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, capability, benchmark, metric, _position)
SETTINGS non_replicated_deduplication_window = 10000
