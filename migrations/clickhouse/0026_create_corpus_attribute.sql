-- One row a measured value of an attribute; the newest of a subject and bucket counts.
CREATE TABLE IF NOT EXISTS tributary.corpus_attribute /*on_cluster*/
(
    attribute LowCardinality(String),
    subject_kind LowCardinality(String),
    ref String,
    bucket String,
    value Float64,
    unit LowCardinality(String),
    method LowCardinality(String),
    instrument LowCardinality(String),
    instrument_version LowCardinality(String),
    normaliser_id LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (attribute, subject_kind, ref, bucket, _position)
SETTINGS non_replicated_deduplication_window = 10000
