-- How many values of each metric the columns of steps hold, by attempt and 4,096 steps, and where they begin and end. A
-- value that is NaN is not in it: training_nonfinite_step says which of those were recorded. Rows are partial: aggregate
-- again when reading.
CREATE TABLE IF NOT EXISTS tributary.training_step_extent /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    bucket UInt64,
    name LowCardinality(String),
    value_count SimpleAggregateFunction(sum, UInt64),
    infinite_count SimpleAggregateFunction(sum, UInt64),
    first_step SimpleAggregateFunction(min, UInt64),
    last_step SimpleAggregateFunction(max, UInt64),
    first_position SimpleAggregateFunction(min, UInt64),
    last_position SimpleAggregateFunction(max, UInt64)
)
ENGINE = /*replicated*/AggregatingMergeTree
ORDER BY (run_id, name, attempt, bucket)
SETTINGS non_replicated_deduplication_window = 10000
