-- Questions that were asked, with what was asked.
CREATE TABLE IF NOT EXISTS tributary.attribution_question /*on_cluster*/
(
    question_id String,
    question String CODEC(ZSTD(3)),
    asked_by String,
    registered Bool,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (question_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
