-- Approvals and replacements of mixtures.
CREATE TABLE IF NOT EXISTS tributary.mixture_verdict /*on_cluster*/
(
    mixture_id String,
    verdict LowCardinality(String),
    actor String,
    superseded_by String,
    note String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (mixture_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
