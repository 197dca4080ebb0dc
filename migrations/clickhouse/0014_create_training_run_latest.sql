-- The last step of every attempt. Rows are partial: aggregate again when reading.
CREATE TABLE IF NOT EXISTS tributary.training_run_latest /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    last_step SimpleAggregateFunction(max, UInt64),
    loss AggregateFunction(argMax, Float32, UInt64),
    tokens SimpleAggregateFunction(sum, UInt64),
    last_position SimpleAggregateFunction(max, UInt64)
)
ENGINE = /*replicated*/AggregatingMergeTree
ORDER BY (run_id, attempt)
SETTINGS non_replicated_deduplication_window = 10000
