-- What tells items of one benchmark apart, and the hashes of what was asked. Items without a step have 0 and has_step 0.
ALTER TABLE tributary.evaluation_item /*on_cluster*/
    ADD COLUMN IF NOT EXISTS has_step UInt8 DEFAULT 1,
    ADD COLUMN IF NOT EXISTS checkpoint_id String,
    ADD COLUMN IF NOT EXISTS metric_version LowCardinality(String),
    ADD COLUMN IF NOT EXISTS shots Nullable(UInt32),
    ADD COLUMN IF NOT EXISTS filter LowCardinality(String),
    ADD COLUMN IF NOT EXISTS task_version LowCardinality(String),
    ADD COLUMN IF NOT EXISTS task_hash LowCardinality(String),
    ADD COLUMN IF NOT EXISTS harness LowCardinality(String),
    ADD COLUMN IF NOT EXISTS harness_version LowCardinality(String),
    ADD COLUMN IF NOT EXISTS document_hashes Array(String) CODEC(ZSTD(3)),
    ADD COLUMN IF NOT EXISTS prompt_hashes Array(String) CODEC(ZSTD(3)),
    ADD COLUMN IF NOT EXISTS target_hashes Array(String) CODEC(ZSTD(3))
