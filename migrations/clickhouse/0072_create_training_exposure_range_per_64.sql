-- Recorded ranges by the 64 steps in which they begin: how many, how far they reach, and between which positions of the
-- log they lie. Says whether the sums of training_exposure_sum count. Rows are partial: aggregate again when reading.
CREATE TABLE IF NOT EXISTS tributary.training_exposure_range_per_64 /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    bucket UInt64,
    facts SimpleAggregateFunction(sum, UInt64),
    first_step SimpleAggregateFunction(min, UInt64),
    last_step SimpleAggregateFunction(max, UInt64),
    first_position SimpleAggregateFunction(min, UInt64),
    last_position SimpleAggregateFunction(max, UInt64)
)
ENGINE = /*replicated*/AggregatingMergeTree
ORDER BY (run_id, attempt, bucket)
SETTINGS non_replicated_deduplication_window = 10000
