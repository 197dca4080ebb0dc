-- What was said of runs as a tracker lists them. Empty text and NULL are what a row leaves unchanged.
CREATE TABLE IF NOT EXISTS tributary.training_run_change /*on_cluster*/
(
    run_id String,
    project_id String,
    name String,
    status LowCardinality(String),
    changed_at DateTime64(6, 'UTC'),
    retired Nullable(Bool),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
