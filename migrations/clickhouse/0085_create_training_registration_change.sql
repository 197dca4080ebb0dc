-- What was said of names in a registry of models (version 0) and of their versions. Empty text and NULL are what a row leaves unchanged.
CREATE TABLE IF NOT EXISTS tributary.training_registration_change /*on_cluster*/
(
    name String,
    version UInt32,
    source String,
    run_id String,
    run_link String,
    model_id String,
    description Nullable(String),
    retired Nullable(Bool),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (name, version, _position)
SETTINGS non_replicated_deduplication_window = 10000
