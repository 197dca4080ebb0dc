-- One row a search of a shard for the items of a benchmark, also where it found none. The newest of a shard and a way to search counts.
CREATE TABLE IF NOT EXISTS tributary.corpus_contamination /*on_cluster*/
(
    benchmark LowCardinality(String),
    benchmark_version LowCardinality(String),
    items_digest String,
    item_fields Array(LowCardinality(String)),
    shard_id String,
    digest_algorithm LowCardinality(String),
    digest String,
    kind LowCardinality(String),
    gram UInt32,
    gram_of LowCardinality(String),
    threshold Nullable(Float64),
    field LowCardinality(String),
    instrument LowCardinality(String),
    instrument_version LowCardinality(String),
    method LowCardinality(String),
    is_part Bool,
    items_compared UInt64,
    items_skipped Nullable(UInt64),
    items_matched UInt64,
    item_ids Array(String) CODEC(ZSTD(1)),
    item_shares Array(Nullable(Float64)) CODEC(ZSTD(1)),
    documents_compared Nullable(UInt64),
    documents_matched Nullable(UInt64),
    document_ids Array(String) CODEC(ZSTD(1)),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (benchmark, shard_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
