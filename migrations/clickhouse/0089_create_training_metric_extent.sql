-- How many points of each metric are recorded, by attempt, method and 4,096 steps, and where they begin and end. Points
-- without a step are in the bucket inf, and have no first and last step (inf and -inf). Rows are partial: aggregate again
-- when reading.
CREATE TABLE IF NOT EXISTS tributary.training_metric_extent /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    bucket Float64,
    key LowCardinality(String),
    method LowCardinality(String),
    value_count SimpleAggregateFunction(sum, UInt64),
    nonfinite_count SimpleAggregateFunction(sum, UInt64),
    first_step SimpleAggregateFunction(min, Float64),
    last_step SimpleAggregateFunction(max, Float64),
    first_position SimpleAggregateFunction(min, UInt64),
    last_position SimpleAggregateFunction(max, UInt64)
)
ENGINE = /*replicated*/AggregatingMergeTree
ORDER BY (run_id, key, attempt, bucket, method)
SETTINGS non_replicated_deduplication_window = 10000
