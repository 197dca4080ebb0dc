-- Signed tree heads that were published.
CREATE TABLE IF NOT EXISTS tributary.audit_checkpoint /*on_cluster*/
(
    origin LowCardinality(String),
    tree_size UInt64,
    root_hash String,
    note String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (origin, tree_size, _position)
SETTINGS non_replicated_deduplication_window = 10000
