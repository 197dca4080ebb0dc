-- What was said of saved models as a tracker lists them. Empty text and NULL are what a row leaves unchanged.
CREATE TABLE IF NOT EXISTS tributary.training_model_change /*on_cluster*/
(
    model_id String,
    project_id String,
    run_id String,
    name String,
    model_type String,
    status LowCardinality(String),
    retired Nullable(Bool),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (model_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
