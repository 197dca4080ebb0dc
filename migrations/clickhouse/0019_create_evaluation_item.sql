-- Scores by item, one row an evaluation.
CREATE TABLE IF NOT EXISTS tributary.evaluation_item /*on_cluster*/
(
    run_id LowCardinality(String),
    step UInt64,
    capability LowCardinality(String),
    benchmark LowCardinality(String),
    metric LowCardinality(String),
    item_ids Array(String) CODEC(ZSTD(3)),
    values Array(Float64) CODEC(ZSTD(3)),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, capability, benchmark, metric, step, _position)
SETTINGS non_replicated_deduplication_window = 10000
