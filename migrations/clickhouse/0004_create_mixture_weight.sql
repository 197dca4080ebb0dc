-- Weights of every decision, by phase and slice.
CREATE TABLE IF NOT EXISTS tributary.mixture_weight /*on_cluster*/
(
    mixture_id String,
    phase LowCardinality(String),
    from_step UInt64,
    slice LowCardinality(String),
    weight Float64,
    share Float64,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (mixture_id, from_step, slice, _position)
SETTINGS non_replicated_deduplication_window = 10000
