-- What an attempt of a run was trained with, besides what training_run has. Empty text is what is not recorded.
CREATE TABLE IF NOT EXISTS tributary.training_run_setting /*on_cluster*/
(
    run_id String,
    attempt UInt32,
    architecture LowCardinality(String),
    hardware LowCardinality(String),
    code_repository LowCardinality(String),
    code_revision LowCardinality(String),
    code_digest LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, attempt, _position)
SETTINGS non_replicated_deduplication_window = 10000
