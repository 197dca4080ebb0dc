-- What attempts consumed, by step range, slice and shard.
CREATE TABLE IF NOT EXISTS tributary.training_exposure /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    first_step UInt64 CODEC(DoubleDelta, ZSTD(1)),
    last_step UInt64 CODEC(DoubleDelta, ZSTD(1)),
    slice LowCardinality(String),
    domain LowCardinality(String),
    shard_id LowCardinality(String),
    amount Float64,
    unit LowCardinality(String),
    method LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, attempt, first_step, slice, shard_id)
SETTINGS non_replicated_deduplication_window = 10000
