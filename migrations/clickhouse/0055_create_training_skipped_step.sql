-- Steps whose update was not applied: what they read was not learned from.
CREATE TABLE IF NOT EXISTS tributary.training_skipped_step /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    step UInt64 CODEC(DoubleDelta, ZSTD(1)),
    reason LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, attempt, step)
SETTINGS non_replicated_deduplication_window = 10000
