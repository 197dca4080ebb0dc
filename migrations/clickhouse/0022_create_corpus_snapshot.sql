-- One row a registration of a dataset version; the newest counts. A count that nobody stated is NULL.
CREATE TABLE IF NOT EXISTS tributary.corpus_snapshot /*on_cluster*/
(
    snapshot_id String,
    name String,
    version String,
    description String CODEC(ZSTD(3)),
    uri String,
    digest_algorithm LowCardinality(String),
    digest String,
    licence LowCardinality(String),
    licence_stated String,
    created_at String,
    created_at_zone LowCardinality(String),
    bytes Nullable(UInt64),
    bytes_method LowCardinality(String),
    documents Nullable(UInt64),
    documents_method LowCardinality(String),
    tokens Nullable(UInt64),
    tokens_method LowCardinality(String),
    tokenizer LowCardinality(String),
    repository String,
    revision String,
    code_digest String,
    config String CODEC(ZSTD(3)),
    redacted Bool,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (snapshot_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
