-- Events that a later event corrects; the corrected one counts until the correction was recorded.
CREATE TABLE IF NOT EXISTS tributary.log_correction /*on_cluster*/
(
    corrected_position UInt64,
    type LowCardinality(String),
    stream String,
    reason String,
    actor String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (corrected_position, _position)
SETTINGS non_replicated_deduplication_window = 10000
