-- The ranges of steps of which exposure is recorded: one row a fact, in the order of the log.
CREATE TABLE IF NOT EXISTS tributary.training_exposure_range /*on_cluster*/
(
    run_id LowCardinality(String),
    attempt UInt32,
    first_step UInt64 CODEC(DoubleDelta, ZSTD(1)),
    last_step UInt64 CODEC(DoubleDelta, ZSTD(1)),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
