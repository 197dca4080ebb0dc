-- One row a decision; the newest of a mixture counts.
CREATE TABLE IF NOT EXISTS tributary.mixture_plan /*on_cluster*/
(
    mixture_id String,
    experiment_id LowCardinality(String),
    unit LowCardinality(String),
    displacement LowCardinality(String),
    parent_mixture_id String,
    rationale String,
    decided_by String,
    flags Array(LowCardinality(String)),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (mixture_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
