-- One row an attempt of a run.
CREATE TABLE IF NOT EXISTS tributary.training_run /*on_cluster*/
(
    run_id String,
    attempt UInt32,
    experiment_id LowCardinality(String),
    arm LowCardinality(String),
    mixture_id String,
    model LowCardinality(String),
    parameters Nullable(UInt64),
    tokenizer LowCardinality(String),
    config String CODEC(ZSTD(3)),
    config_digest String,
    seed_init Nullable(UInt64),
    seed_data_order Nullable(UInt64),
    token_budget Nullable(UInt64),
    parent_checkpoint_id String,
    started_at DateTime64(6, 'UTC'),
    _position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    recorded_at DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, attempt, _position)
SETTINGS non_replicated_deduplication_window = 10000
