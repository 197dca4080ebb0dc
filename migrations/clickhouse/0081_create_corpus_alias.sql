-- Which addresses of shards name the same data, and which do not any more. A pair has a row for each of its addresses.
CREATE TABLE IF NOT EXISTS tributary.corpus_alias /*on_cluster*/
(
    kind LowCardinality(String),
    address String,
    other String,
    is_declared Bool,
    reason String,
    actor String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (kind, address, other, _position)
SETTINGS non_replicated_deduplication_window = 10000
