-- One row a scored instance, sequence, token or attribute; NULL where the estimator gave no score.
CREATE TABLE IF NOT EXISTS tributary.influence_score /*on_cluster*/
(
    checkpoint_id LowCardinality(String),
    run_id LowCardinality(String),
    estimator LowCardinality(String),
    estimator_version LowCardinality(String),
    damping Nullable(Float64),
    capability LowCardinality(String),
    benchmark LowCardinality(String),
    item LowCardinality(String),
    level LowCardinality(String),
    ref String,
    score Nullable(Float64),
    validity_measure LowCardinality(String),
    validity Nullable(Float64),
    validity_subsets Nullable(UInt64),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (checkpoint_id, estimator, capability, benchmark, item, ref, _position)
SETTINGS non_replicated_deduplication_window = 10000
