-- One row a recorded step. Metrics that are not finite are NaN or infinite here.
CREATE TABLE IF NOT EXISTS tributary.training_step /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32 CODEC(T64, ZSTD(1)),
    step UInt64 CODEC(DoubleDelta, ZSTD(1)),
    loss Float32 CODEC(FPC(12), ZSTD(1)),
    learning_rate Float32 CODEC(Delta(4), ZSTD(1)),
    grad_norm Float32 CODEC(FPC(12), ZSTD(1)),
    tokens UInt64 CODEC(T64, ZSTD(1)),
    extra Map(LowCardinality(String), Float32) CODEC(ZSTD(1)),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, attempt, step)
SETTINGS non_replicated_deduplication_window = 10000
