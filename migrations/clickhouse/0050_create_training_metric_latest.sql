-- The point of every metric with the highest step, then time, then value. Rows are partial: aggregate again when reading.
CREATE TABLE IF NOT EXISTS tributary.training_metric_latest /*on_cluster*/
(
    run_id LowCardinality(String),
    key LowCardinality(String),
    latest AggregateFunction(argMax, Tuple(Float64, Float64, Int64, String, String, String), Tuple(Float64, Int64, Float64))
)
ENGINE = /*replicated*/AggregatingMergeTree
ORDER BY (run_id, key)
SETTINGS non_replicated_deduplication_window = 10000
