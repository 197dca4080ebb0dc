-- Scores of checkpoints.
CREATE TABLE IF NOT EXISTS tributary.evaluation_score /*on_cluster*/
(
    run_id LowCardinality(String),
    checkpoint_id String,
    step UInt64,
    capability LowCardinality(String),
    benchmark LowCardinality(String),
    split LowCardinality(String),
    metric LowCardinality(String),
    metric_version LowCardinality(String),
    shots Nullable(UInt32),
    prompt_digest LowCardinality(String),
    harness LowCardinality(String),
    harness_version LowCardinality(String),
    value Float64,
    stderr Nullable(Float64),
    items Nullable(UInt64),
    unit LowCardinality(String),
    higher_is_better UInt8,
    random_baseline Nullable(Float64),
    method LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, capability, benchmark, metric, step, _position)
SETTINGS non_replicated_deduplication_window = 10000
