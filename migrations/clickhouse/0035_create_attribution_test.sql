-- The ledger of hypotheses that were tested, by family.
CREATE TABLE IF NOT EXISTS tributary.attribution_test /*on_cluster*/
(
    family_id String,
    hypothesis String,
    question_id String,
    estimator LowCardinality(String),
    estimator_version LowCardinality(String),
    statistic Nullable(Float64),
    p_value Nullable(Float64),
    input_position String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (family_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
