-- Steps in buckets of 4096. Rows are partial: aggregate again when reading.
-- Sums are whole numbers of 2^-110, so that they are exact and do not depend on the order of adding.
CREATE TABLE IF NOT EXISTS tributary.training_step_per_4096 /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    bucket UInt64,
    steps SimpleAggregateFunction(sum, UInt64),
    tokens SimpleAggregateFunction(sum, UInt64),
    loss_n SimpleAggregateFunction(sum, UInt64),
    loss_sum SimpleAggregateFunction(sum, Int256),
    loss_min SimpleAggregateFunction(min, Float32),
    loss_max SimpleAggregateFunction(max, Float32),
    learning_rate_n SimpleAggregateFunction(sum, UInt64),
    learning_rate_sum SimpleAggregateFunction(sum, Int256),
    learning_rate_min SimpleAggregateFunction(min, Float32),
    learning_rate_max SimpleAggregateFunction(max, Float32),
    grad_norm_n SimpleAggregateFunction(sum, UInt64),
    grad_norm_sum SimpleAggregateFunction(sum, Int256),
    grad_norm_min SimpleAggregateFunction(min, Float32),
    grad_norm_max SimpleAggregateFunction(max, Float32),
    last_position SimpleAggregateFunction(max, UInt64)
)
ENGINE = /*replicated*/AggregatingMergeTree
ORDER BY (run_id, attempt, bucket)
SETTINGS non_replicated_deduplication_window = 10000
