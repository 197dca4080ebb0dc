-- Answers as they were given: never changed, so that a later one can be compared.
CREATE TABLE IF NOT EXISTS tributary.attribution_answer /*on_cluster*/
(
    question_id String,
    estimator LowCardinality(String),
    estimator_version LowCardinality(String),
    input_position String,
    result String CODEC(ZSTD(3)),
    result_digest String,
    evidence Array(String),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (question_id, _position)
SETTINGS non_replicated_deduplication_window = 10000
