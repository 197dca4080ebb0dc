-- What was done to keys and to the payloads of subjects, by whom and why.
CREATE TABLE IF NOT EXISTS tributary.audit_action /*on_cluster*/
(
    action LowCardinality(String),
    subject String,
    algorithm LowCardinality(String),
    public_key String,
    reason String,
    actor String,
    approved_by String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (subject, _position)
SETTINGS non_replicated_deduplication_window = 10000
