-- One row a completed step of a corpus pipeline; the newest of a step counts.
CREATE TABLE IF NOT EXISTS tributary.corpus_step /*on_cluster*/
(
    pipeline_id String,
    step_id String,
    place Nullable(UInt32),
    name String,
    kind LowCardinality(String),
    tool LowCardinality(String),
    tool_version LowCardinality(String),
    inputs Array(String),
    outputs Array(String),
    documents_in Nullable(UInt64),
    documents_in_method LowCardinality(String),
    documents_out Nullable(UInt64),
    documents_out_method LowCardinality(String),
    bytes_out Nullable(UInt64),
    bytes_out_method LowCardinality(String),
    tokens_out Nullable(UInt64),
    tokens_out_method LowCardinality(String),
    dropped Array(Tuple(reason String, documents UInt64, method LowCardinality(String))),
    config String CODEC(ZSTD(3)),
    seconds Nullable(Float64),
    redacted Bool,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (pipeline_id, step_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
