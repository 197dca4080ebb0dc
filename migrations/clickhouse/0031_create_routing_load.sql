-- Tokens of a probed domain by expert, one row a layer, with the pairs of experts chosen together.
CREATE TABLE IF NOT EXISTS tributary.routing_load /*on_cluster*/
(
    checkpoint_id String,
    run_id LowCardinality(String),
    step Nullable(UInt64),
    probe_set LowCardinality(String),
    domain LowCardinality(String),
    layer UInt32,
    top_k UInt32,
    choice LowCardinality(String),
    counts Array(UInt64),
    tokens Nullable(UInt64),
    pair_variant LowCardinality(String),
    pairs Array(Tuple(first UInt64, second UInt64, count UInt64)),
    method LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (checkpoint_id, probe_set, domain, layer, choice, _position)
SETTINGS non_replicated_deduplication_window = 10000
