-- What a registered snapshot was made from, in the order it was stated.
CREATE TABLE IF NOT EXISTS tributary.corpus_snapshot_source /*on_cluster*/
(
    snapshot_id String,
    place UInt32 CODEC(DoubleDelta, ZSTD(1)),
    kind LowCardinality(String),
    ref String,
    name String,
    multiplicity UInt32,
    reason String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (snapshot_id, _position, place)
SETTINGS non_replicated_deduplication_window = 10000
