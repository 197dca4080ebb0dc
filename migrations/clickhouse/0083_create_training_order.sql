-- In which order runs read their data: one row a fact, with the order as canonical JSON.
CREATE TABLE IF NOT EXISTS tributary.training_order /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    first_step UInt64 CODEC(DoubleDelta, ZSTD(1)),
    last_step UInt64 CODEC(DoubleDelta, ZSTD(1)),
    method LowCardinality(String),
    encoding LowCardinality(String),
    recorded_order String CODEC(ZSTD(1)),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, attempt, first_step)
SETTINGS non_replicated_deduplication_window = 10000
