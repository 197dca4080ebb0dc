-- Files of runs and models by their digest, as they were stored and removed.
CREATE TABLE IF NOT EXISTS tributary.training_artifact /*on_cluster*/
(
    owner_kind LowCardinality(String),
    owner_id String,
    path String,
    digest String,
    bytes UInt64,
    removed Bool,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (owner_kind, owner_id, path, _position)
SETTINGS non_replicated_deduplication_window = 10000
