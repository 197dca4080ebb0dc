-- Points of named metrics. A point that was sent twice stands here twice: read distinct ones.
-- A step that the source did not give is NaN, a time that it did not give is NULL.
CREATE TABLE IF NOT EXISTS tributary.training_metric /*on_cluster*/
(
    run_id LowCardinality(String),
    key LowCardinality(String),
    step Float64 CODEC(Delta(8), ZSTD(1)),
    time Nullable(Int64) CODEC(Delta(8), ZSTD(1)),
    value Float64 CODEC(FPC(12), ZSTD(1)),
    model_id LowCardinality(String),
    dataset_name LowCardinality(String),
    dataset_digest LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, key, step)
SETTINGS non_replicated_deduplication_window = 10000
