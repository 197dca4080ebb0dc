-- One row a mention of a node. Registered where the fact is about it; one that is only referred to has a reason.
CREATE TABLE IF NOT EXISTS tributary.lineage_node /*on_cluster*/
(
    node String CODEC(ZSTD(1)),
    kind LowCardinality(String),
    name String CODEC(ZSTD(1)),
    registered UInt8,
    reason LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (node, _position)
SETTINGS non_replicated_deduplication_window = 10000
