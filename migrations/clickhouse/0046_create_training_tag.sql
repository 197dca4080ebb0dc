-- Tags of projects, runs and models, as they were set and removed.
CREATE TABLE IF NOT EXISTS tributary.training_tag /*on_cluster*/
(
    owner_kind LowCardinality(String),
    owner_id String,
    key String,
    value String CODEC(ZSTD(1)),
    removed Bool,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (owner_kind, owner_id, key, _position)
SETTINGS non_replicated_deduplication_window = 10000
