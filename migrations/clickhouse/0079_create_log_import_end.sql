-- Imports that reached their end, and what became of their files and records.
CREATE TABLE IF NOT EXISTS tributary.log_import_end /*on_cluster*/
(
    import_id String,
    began UInt64,
    kinds Array(Tuple(kind String, sources UInt64, files UInt64)),
    by_type Array(Tuple(type String, events UInt64)),
    refused UInt64,
    not_looked_at UInt64,
    digest String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (import_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
