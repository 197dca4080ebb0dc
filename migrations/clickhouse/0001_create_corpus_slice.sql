-- One row a slice of each version of a taxonomy.
CREATE TABLE IF NOT EXISTS tributary.corpus_slice /*on_cluster*/
(
    taxonomy_id LowCardinality(String),
    version LowCardinality(String),
    slice LowCardinality(String),
    title String,
    definition String,
    measured_by String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (taxonomy_id, version, slice, _position)
SETTINGS non_replicated_deduplication_window = 10000
