-- One row an event that the tables hold, where the log itself cannot tell repeats. Found by the key of its id.
CREATE TABLE IF NOT EXISTS tributary.log_event /*on_cluster*/
(
    id_key UInt64,
    source LowCardinality(String),
    id String,
    type LowCardinality(String),
    stream String,
    hash String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (id_key, _position)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 512
