-- Imports that were taken back: what they added counts nowhere from this position on, unless an import that stands states it.
CREATE TABLE IF NOT EXISTS tributary.log_import_withdrawal /*on_cluster*/
(
    import_id String,
    began UInt64,
    reason String,
    actor String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (import_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
