-- What the protocol of an arm held equal in all runs although no run records it, as it was assigned.
CREATE TABLE IF NOT EXISTS tributary.mixture_arm_held /*on_cluster*/
(
    experiment_id LowCardinality(String),
    arm String,
    held_equal Array(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (experiment_id, arm, _position)
SETTINGS non_replicated_deduplication_window = 10000
