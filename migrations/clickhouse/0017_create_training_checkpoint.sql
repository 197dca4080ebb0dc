-- Saved checkpoints.
CREATE TABLE IF NOT EXISTS tributary.training_checkpoint /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    checkpoint_id String,
    step UInt64,
    tokens UInt64,
    uri String,
    sha256 String,
    bytes UInt64,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, attempt, step, _position)
SETTINGS non_replicated_deduplication_window = 10000
