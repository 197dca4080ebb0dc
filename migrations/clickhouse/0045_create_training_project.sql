-- What was said of projects. Empty text and NULL are what a row leaves unchanged.
CREATE TABLE IF NOT EXISTS tributary.training_project /*on_cluster*/
(
    project_id String,
    name String,
    artifacts String,
    retired Nullable(Bool),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (project_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
