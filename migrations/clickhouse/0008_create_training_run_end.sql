-- How attempts ended.
CREATE TABLE IF NOT EXISTS tributary.training_run_end /*on_cluster*/
(
    run_id String,
    attempt UInt32,
    status LowCardinality(String),
    last_step UInt64,
    reason String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, attempt, _position)
SETTINGS non_replicated_deduplication_window = 10000
