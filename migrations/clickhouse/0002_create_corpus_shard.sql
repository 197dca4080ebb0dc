-- One row a registration of a shard; the newest counts.
CREATE TABLE IF NOT EXISTS tributary.corpus_shard /*on_cluster*/
(
    shard_id String,
    slice LowCardinality(String),
    split LowCardinality(String),
    uri String,
    sha256 String,
    bytes UInt64,
    documents UInt64,
    tokens UInt64,
    tokenizer LowCardinality(String),
    method LowCardinality(String),
    licence LowCardinality(String),
    origin_registry LowCardinality(String),
    origin_package LowCardinality(String),
    origin_version LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (shard_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
