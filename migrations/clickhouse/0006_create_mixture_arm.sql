-- Arms of experiments as they were assigned.
CREATE TABLE IF NOT EXISTS tributary.mixture_arm /*on_cluster*/
(
    experiment_id LowCardinality(String),
    arm String,
    mixture_id String,
    design LowCardinality(String),
    assignment LowCardinality(String),
    randomisation_method String,
    randomisation_seed String,
    control UInt8,
    role LowCardinality(String),
    displacement LowCardinality(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (experiment_id, arm, _position)
SETTINGS non_replicated_deduplication_window = 10000
