-- Values that were recorded and not finite, which the steps cannot tell from values that were not recorded.
CREATE TABLE IF NOT EXISTS tributary.training_nonfinite_step /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    metric LowCardinality(String),
    step UInt64 CODEC(DoubleDelta, ZSTD(1)),
    value Float64,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, attempt, metric, step)
SETTINGS non_replicated_deduplication_window = 10000
