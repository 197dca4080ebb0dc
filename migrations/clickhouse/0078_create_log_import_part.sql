-- Which events imports added to the log, and which of those that it had they state as well, by ranges of positions. They hold
-- in the log that has the start of the import at position `began`.
CREATE TABLE IF NOT EXISTS tributary.log_import_part /*on_cluster*/
(
    import_id String,
    began UInt64,
    stored Array(Tuple(first UInt64, last UInt64)),
    repeated Array(Tuple(first UInt64, last UInt64)),
    is_announcement Bool,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (import_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
