-- Recorded amounts added up by the 64, 4,096 and 262,144 steps in which their ranges begin: over all shards of a slice
-- (by_shard = 0, shard_id empty), and by shard (by_shard = 1). Whole numbers of 2^-60, so that sums are exact and have no
-- order. Nothing is left out: corrected, superseded and skipped amounts are in them, and queries use only buckets without
-- any. Rows are partial: aggregate again when reading.
CREATE TABLE IF NOT EXISTS tributary.training_exposure_sum /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    by_shard UInt8,
    bucket_steps UInt32,
    bucket UInt64,
    slice LowCardinality(String),
    shard_id LowCardinality(String),
    unit LowCardinality(String),
    method LowCardinality(String),
    amount SimpleAggregateFunction(sum, Int256),
    last_position SimpleAggregateFunction(max, UInt64)
)
ENGINE = /*replicated*/AggregatingMergeTree
ORDER BY (run_id, attempt, by_shard, bucket_steps, bucket, slice, shard_id, unit, method)
SETTINGS non_replicated_deduplication_window = 10000
