-- One row a statistic of a frozen normaliser.
CREATE TABLE IF NOT EXISTS tributary.corpus_normaliser /*on_cluster*/
(
    normaliser_id String,
    attribute LowCardinality(String),
    corpus LowCardinality(String),
    items Nullable(UInt64),
    feature LowCardinality(String),
    statistic LowCardinality(String),
    value Float64,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (normaliser_id, _position, feature, statistic)
SETTINGS non_replicated_deduplication_window = 10000
